import type { Objective } from "./objective.js";
import { takerPerformance } from "./performance.js";

/** One taker's mean performance, as something that the bootstrap can resample; not among the objectives that a search may have. */
export const meanPerformance: Objective = {
  name: "performance",
  description: "mean performance",
  needs: { takers: 1, questionSets: 1, seedPerformance: false, relevance: false },
  score: ({ performance }) => takerPerformance(performance)[0] as number,
};
