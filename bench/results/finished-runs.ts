import PQueue from "p-queue";
import { readComparedRun } from "../../client/compare/read-compared-run.js";
import { listKnownRuns } from "../../client/known-runs.js";
import { readResult } from "../../client/run-result.js";
import type { ComparedRun } from "../../report/compare/compared-run.js";
import type { RunResult } from "../../report/result.js";
import { openStore } from "../../store/open-store.js";
import { objectiveOf } from "../../swarm/objectives/registry.js";
import { readRecords, type RecordedRun, writeRecords } from "./records.js";
import { ownRuns, plannedRuns, type PlannedRun, type TableName } from "./tables.js";

export interface FinishedRun extends PlannedRun {
  readonly result: RunResult;
  readonly compared: ComparedRun;
}

/** Runs that are read at a time: each holds all of its grades meanwhile. */
const AT_ONCE = 8;

/**
 * Of the planned runs of a table those that are recorded or have a result in the store, in their order. Records those of the table
 * that were not yet.
 *
 * @param folder of the records
 */
export async function finishedRuns(name: TableName, folder: string): Promise<FinishedRun[]> {
  const planned = plannedRuns(name);
  const records = await readRecords(folder, planned);
  const unrecorded = planned.filter(({ id }) => !records.has(id));
  const read = await readFromStores(unrecorded);
  for (const record of read) records.set(record.id, record);
  const found = planned.flatMap((run) => {
    const record = records.get(run.id);
    return record === undefined ? [] : [{ run, record }];
  });
  const own = ownRuns(
    name,
    found.map(({ record }) => record),
  );
  if (ownRuns(name, read).length > 0) await writeRecords(folder, name, own);
  return found.map(({ run, record: { result, compared } }) => ({
    ...run,
    result,
    compared: { ...compared, objective: objectiveOf(run.config["objective"] as Parameters<typeof objectiveOf>[0]) },
  }));
}

async function readFromStores(planned: readonly PlannedRun[]): Promise<RecordedRun[]> {
  const stores = new Map((await listKnownRuns()).map(({ runId, storeUri }) => [runId, storeUri]));
  const queue = new PQueue({ concurrency: AT_ONCE });
  const read = planned.map(({ id }) => async (): Promise<RecordedRun[]> => {
    const storeUri = stores.get(id);
    if (storeUri === undefined) return [];
    const store = await openStore(storeUri);
    const result = await readResult(store, id);
    if (result === undefined) return [];
    const { objective: _, ...compared } = await readComparedRun({ run: { runId: id, storeUri }, store }, result, []);
    return [{ id, result, compared }];
  });
  return (await queue.addAll(read)).flat();
}
