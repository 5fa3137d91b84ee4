import type { Usage } from "../report/result.js";
import type { Thresholds } from "../swarm/median-stopping.js";

/** What a hyperparameter search sets one of its runs. */
export interface SearchBounds {
  /** What its best must reach, iteration by iteration. */
  readonly thresholds: Thresholds;
  /** What the runs before it took from the budget, which is of all together. */
  readonly spent: Usage;
}
