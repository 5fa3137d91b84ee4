import type { AdversarialPlan } from "../activities/open-adversarial.js";
import type { TakerIteration } from "../report/adversarial-result.js";
import type { SwarmState } from "../swarm/state.js";
import { iterationResult } from "./commit-iteration.js";
import { cpu } from "./activity-options.js";
import type { StageContext } from "./evaluate.js";
import type { SearchState } from "./search-state.js";

/** What a search of two swarms carries from one execution to the next. `swarm` is that of the generators. */
export interface AdversarialState extends SearchState {
  readonly plan: AdversarialPlan;
  readonly takers: SwarmState;
  readonly takerIterations: readonly TakerIteration[];
  /** Valid questions that the generators have written: the data that other ways of learning are given too. */
  readonly generated: number;
}

/** Records an iteration of both swarms and commits it to the store. */
export async function commitBoth({ run, progress }: StageContext, state: AdversarialState): Promise<AdversarialState> {
  const { swarm, takers, takerIterations } = state;
  const iterations = [...state.iterations, iterationResult(swarm)];
  progress.expect("checkpoint", 1);
  const adversarial = { takers, iterations: takerIterations };
  await progress.track("checkpoint", cpu.saveCheckpoint({ run, swarm, iterations, adversarial }));
  return { ...state, iterations };
}
