import type { Client } from "@temporalio/client";
import { FailureError, InputError } from "./errors.js";
import type { Fork } from "./fork-run.js";
import { rememberStart } from "./known-stores.js";
import { rememberRun } from "./known-runs.js";
import { readResult } from "./run-result.js";
import type { PreparedRun } from "./stage-run.js";
import { startRun } from "./start-run.js";

/**
 * Lays a run out and starts it, or joins it where it is under way.
 *
 * @throws InputError `OTHER_CONFIG`, FailureError `RUN_FAILED` where the server remembers a run that the store does not hold whole
 */
export async function beginRun(client: Client, prepared: PreparedRun, fork?: Fork): Promise<"started" | "joined"> {
  const { run, workflow, memo } = prepared;
  await rememberStart(run);
  await prepared.stage(fork?.stage);
  const input = { run, ...(fork === undefined ? {} : { from: fork.from }) };
  const begun = await startRun({ client, workflow, input, memo });
  // Not where it is refused: then another run of this id is known.
  await rememberRun(run);
  if (begun === "completed") throw await completedElsewhere(prepared);
  return begun;
}

/** The server remembers that the run completed, but its report is not in this store. */
async function completedElsewhere({ run, store }: PreparedRun): Promise<Error> {
  if ((await readResult(store, run.runId)) !== undefined) {
    return new FailureError(
      "RUN_FAILED",
      `run ${run.runId} completed, but its report is missing from ${store.uri}; choose another --id`,
    );
  }
  return new InputError(
    "OTHER_CONFIG",
    `run ${run.runId} was completed before and its results are no longer in ${store.uri}; choose another --id`,
  );
}
