import { cpu } from "./activity-options.js";
import type { StageContext } from "./evaluate.js";
import type { SearchState } from "./search-state.js";

/** Records an iteration and commits it to the store. */
export async function commitIteration({ run, progress }: StageContext, search: SearchState): Promise<SearchState> {
  const { swarm } = search;
  const iterations = [
    ...search.iterations,
    {
      iteration: swarm.iteration,
      scores: swarm.particles.map(({ score }) => score),
      best: swarm.globalBest?.score ?? null,
      worst: swarm.globalWorst.score,
    },
  ];
  progress.expect("checkpoint", 1);
  await progress.track("checkpoint", cpu.saveCheckpoint({ run, swarm, iterations }));
  return { ...search, iterations };
}
