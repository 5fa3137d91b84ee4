import type { ChallengeResult, IterationResult } from "../report/result.js";
import type { SwarmState } from "../swarm/state.js";
import { cpu } from "./activity-options.js";
import type { StageContext } from "./evaluate.js";
import type { SearchState } from "./search-state.js";

/**
 * Records an iteration and commits it to the store.
 *
 * @param challenges what was tested, where bests are tested
 */
export async function commitIteration(
  { run, progress }: StageContext,
  search: SearchState,
  challenges?: readonly ChallengeResult[],
): Promise<SearchState> {
  const { swarm } = search;
  const iterations = [...search.iterations, iterationResult(swarm, challenges)];
  progress.expect("checkpoint", 1);
  await progress.track("checkpoint", cpu.saveCheckpoint({ run, swarm, iterations }));
  return { ...search, iterations };
}

/** What the result says of a swarm's iteration. */
export function iterationResult(swarm: SwarmState, challenges?: readonly ChallengeResult[]): IterationResult {
  return {
    iteration: swarm.iteration,
    scores: swarm.particles.map(({ score }) => score),
    best: swarm.globalBest?.score ?? null,
    worst: swarm.globalWorst.score,
    ...(challenges === undefined ? {} : { challenges }),
  };
}
