/** What a hyperparameter search says of its runs: `search` of its `result.json`. */
import type { Coefficients } from "../swarm/parameter-grid.js";
import type { StopReason } from "../swarm/stopping.js";
import type { FreshScore } from "./result.js";

/** One run of the search: a swarm with these coefficients, with a result and report of its own. */
export interface SearchedRun {
  readonly runId: string;
  readonly coefficients: Coefficients;
  /** What its search saw of its best generator; null where none ever had a score. */
  readonly searched: number | null;
  /** The same generator on questions that no search saw; null where there is none. */
  readonly fresh: FreshScore | null;
  /** Iterations after the initial one. */
  readonly iterations: number;
  readonly stoppedBecause: StopReason;
  /** Wall seconds of its own work over all stages, without what it took from other runs. */
  readonly seconds: number;
}

export interface HyperparameterSearch {
  /** Those that were started, in the order in which they were drawn. */
  readonly runs: readonly SearchedRun[];
  /** How many were drawn. */
  readonly drawn: number;
  /**
   * Id of the run with the highest searched score, of equals the first. It is not chosen by its fresh score, which therefore
   * flatters it no more than that of a single run.
   */
  readonly winner: string;
  /** Why no more runs were started. */
  readonly stoppedBecause: "all-runs" | "stop-requested" | "budget";
}

/** The run whose folders hold what a result tells of: the winner of a hyperparameter search, else the run itself. */
export function holdingRun({
  runId,
  search,
}: {
  readonly runId: string;
  readonly search?: { readonly winner: string } | undefined;
}): string {
  return search?.winner ?? runId;
}
