import type { AdversarialPlan } from "../activities/open-adversarial.js";
import type { RunResult } from "../report/result.js";
import { jointStagnation, type StopReason } from "../swarm/stopping.js";
import { cpu } from "./activity-options.js";
import { iterateBoth, startBoth } from "./adversarial-iterations.js";
import type { AdversarialState } from "./adversarial-state.js";
import { compareTrainings } from "./compare-trainings.js";
import { durableSearch, type SearchInput } from "./durable-search.js";
import type { StageContext } from "./evaluate.js";
import { writeUp } from "./finish.js";
import { measureGenerators } from "./measure-generators.js";
import type { RunStatus } from "./messages.js";
import type { RunControl } from "./run-control.js";
import { addUsage } from "./usage.js";

export type AdversarialSwarmInput = SearchInput<AdversarialState>;

/** Adversarial Swarms, Algorithm 2: generators that write what takers fail, and takers that learn to answer it. */
export function adversarialSwarm(input: AdversarialSwarmInput): Promise<RunResult> {
  return durableSearch<AdversarialPlan, AdversarialState>(input, {
    open: (run) => cpu.openAdversarial({ run }),
    limits: ({ swarm }) => swarm,
    start: startBoth,
    iterate: iterateBoth,
    reached: ({ swarm, takers }) => ({
      iteration: swarm.iteration,
      stagnation: jointStagnation([swarm, takers]),
    }),
    describe: (_plan, search) => (search === undefined ? {} : describeBoth(search)),
    finish,
  });
}

function describeBoth({ plan, swarm, takers, takerIterations }: AdversarialState): Partial<RunStatus> {
  return {
    bestParticle: swarm.globalBest?.particle ?? null,
    takers: {
      names: plan.takers.map(({ name }) => name),
      iterations: takerIterations,
      best: takers.globalBest?.particle ?? null,
    },
  };
}

/** Measures the best generator as any search does, and the best taker beside other ways of learning. */
async function finish(
  stage: StageContext<AdversarialPlan>,
  state: AdversarialState,
  stoppedBecause: StopReason,
  control: RunControl,
): Promise<RunResult> {
  const { swarm, iterations, takers, takerIterations } = state;
  const measured = await measureGenerators(stage, swarm);
  const compared = await compareTrainings({ ...stage, control }, state);
  return writeUp(stage, {
    swarm,
    iterations,
    usage: [state.usage, measured, compared.usage].reduce(addUsage),
    stoppedBecause,
    adversarial: { takers, iterations: takerIterations, trained: compared.trained },
  });
}
