import { listKnownRuns } from "../../client/known-runs.js";
import { readResult } from "../../client/run-result.js";
import type { RunResult } from "../../report/result.js";
import { openStore } from "../../store/open-store.js";
import type { PlannedRun } from "./tables.js";

export interface FinishedRun extends PlannedRun {
  readonly result: RunResult;
}

/** Of planned runs those that have a result, in their order. */
export async function finishedRuns(planned: readonly PlannedRun[]): Promise<FinishedRun[]> {
  const stores = new Map((await listKnownRuns()).map(({ runId, storeUri }) => [runId, storeUri]));
  const read = planned.map(async (run) => {
    const storeUri = stores.get(run.id);
    const result = storeUri === undefined ? undefined : await readResult(await openStore(storeUri), run.id);
    return result === undefined ? [] : [{ ...run, result }];
  });
  return (await Promise.all(read)).flat();
}
