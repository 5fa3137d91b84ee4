/** The checkpoint that `--from` names. */
import { swarmConfig } from "../config/swarm-config.js";
import { holdingRun } from "../report/hyperparameter-search.js";
import { type Checkpoint, latestCheckpoint, readCheckpoint } from "../store/checkpoints.js";
import { keys } from "../store/keys.js";
import { isStoreError } from "../store/store-error.js";
import type { Store } from "../store/store.js";
import { type CheckpointBody, checkpointSchema } from "./checkpoint-body.js";
import { InputError } from "./errors.js";
import { findRun, type FoundRun } from "./known-runs.js";
import { readStoredConfig } from "./read-stored-config.js";
import { readResult } from "./run-result.js";

export interface CheckpointSource {
  readonly runId: string;
  readonly store: Store;
  readonly checkpoint: Checkpoint<CheckpointBody>;
}

const KEY = /^runs\/(?<runId>[^/]+)\/checkpoints\/(?<iteration>\d{1,4})\.json$/;
const SHORT = /^(?<runId>[^/@]+)(?:[/@](?<iteration>\d{1,4}))?$/;

/**
 * The run is looked for in the store of the new one first, then wherever it is known to be. Of a hyperparameter search it is the
 * winner.
 *
 * @param from `RUN/ITERATION` or `RUN@ITERATION`, `RUN` for its latest, or a checkpoint's key in the store
 * @throws InputError `INVALID_CHECKPOINT`, `UNKNOWN_RUN`, `STORE_ELSEWHERE`
 */
export async function readCheckpointSource(from: string, storeUri: string): Promise<CheckpointSource> {
  const { runId: named, iteration } = (KEY.exec(from) ?? SHORT.exec(from))?.groups ?? {};
  if (named === undefined) {
    throw new InputError(
      "INVALID_CHECKPOINT",
      `--from ${from} names no checkpoint; write RUN@ITERATION, RUN for its latest, or a checkpoint's key`,
    );
  }
  const { store } = await findSource(named, storeUri);
  swarmConfig(await readStoredConfig(store, named), `--from ${from}, ${keys.config(named)}`);
  const runId = holdingRun((await readResult(store, named)) ?? { runId: named });
  const checkpoint =
    iteration === undefined
      ? await latestCheckpoint(store, runId, checkpointSchema)
      : await readOne(store, runId, Number(iteration));
  if (checkpoint === undefined) {
    const what = iteration === undefined ? "no checkpoint yet" : `no checkpoint of iteration ${Number(iteration)}`;
    throw new InputError("INVALID_CHECKPOINT", `--from ${from}: run ${runId} has ${what} in ${store.uri}`);
  }
  return { runId, store, checkpoint };
}

async function findSource(runId: string, storeUri: string): Promise<FoundRun> {
  try {
    return await findRun(runId, storeUri);
  } catch (error) {
    if (!isUnknownRun(error)) throw error;
    return findRun(runId).catch((second: unknown) => {
      throw isUnknownRun(second) ? error : second;
    });
  }
}

function isUnknownRun(error: unknown): error is InputError {
  return error instanceof InputError && error.code === "UNKNOWN_RUN";
}

async function readOne(
  store: Store,
  runId: string,
  iteration: number,
): Promise<Checkpoint<CheckpointBody> | undefined> {
  try {
    return await readCheckpoint(store, runId, iteration, checkpointSchema);
  } catch (error) {
    if (isStoreError(error, "NOT_FOUND")) return undefined;
    throw error;
  }
}
