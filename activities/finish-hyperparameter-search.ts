import type { HyperparameterSearch } from "../report/hyperparameter-search.js";
import type { RunResult, Usage } from "../report/result.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";
import { writeResult } from "./measuring/write-result.js";

export interface FinishHyperparameterSearchRequest {
  readonly run: RunRef;
  /** Result of the winning run. */
  readonly winner: RunResult;
  readonly search: HyperparameterSearch;
  /** Of all runs together. */
  readonly usage: Usage;
}

/** Writes `result.json` of a search: what the winner found, and how all runs did. */
export async function finishHyperparameterSearch(
  dependencies: ActivityDependencies,
  { run, winner, search, usage }: FinishHyperparameterSearchRequest,
): Promise<RunResult> {
  const { runId, iterations, initial, best, unseen, stoppedBecause } = winner;
  return writeResult(await dependencies.openRun(run), {
    decided: { iterations, initial, best: best === null ? null : { ...best, runId } },
    unseen,
    usage,
    stoppedBecause,
    search,
  });
}
