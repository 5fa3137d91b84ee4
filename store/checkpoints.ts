/** Checkpoints of a run: `runs/<id>/checkpoints/0007.json`, each written once and last, when all that it names is stored. */
import type { z } from "zod";
import { canonicalJson } from "../config/canonical-json.js";
import { readJson, writeJson } from "./json.js";
import { checkpointIteration, keys } from "./keys.js";
import { isStoreError, StoreError } from "./store-error.js";
import type { Store } from "./store.js";

export interface Checkpoint<Body> {
  readonly iteration: number;
  readonly key: string;
  readonly body: Body;
}

/**
 * Commits an iteration. An equal checkpoint that is there already is success, so a retried activity commits once.
 *
 * @param body JSON
 * @returns the checkpoint's key
 * @throws StoreError `CONFLICT` where another checkpoint of this iteration was committed
 */
export async function commitCheckpoint(store: Store, runId: string, iteration: number, body: unknown): Promise<string> {
  const key = keys.checkpoint(runId, iteration);
  try {
    await writeJson(store, key, body, { ifAbsent: true });
  } catch (error) {
    if (!isStoreError(error, "ALREADY_EXISTS")) throw error;
    const stored = Buffer.from(await store.get(key)).toString("utf8");
    if (stored !== `${canonicalJson(body)}\n`) {
      const problem = "another run has committed this iteration with other content; use another --id";
      throw new StoreError({ code: "CONFLICT", uri: store.uri, key, problem });
    }
  }
  return key;
}

/** The checkpoint of the latest iteration that was committed, or `undefined` before the first. */
export async function latestCheckpoint<Body>(
  store: Store,
  runId: string,
  schema: z.ZodType<Body>,
): Promise<Checkpoint<Body> | undefined> {
  let latest: { readonly iteration: number; readonly key: string } | undefined;
  for await (const key of store.list(keys.checkpoints(runId))) {
    const iteration = checkpointIteration(key);
    if (iteration !== undefined && (latest === undefined || iteration > latest.iteration)) latest = { iteration, key };
  }
  return latest === undefined ? undefined : { ...latest, body: await readJson(store, latest.key, schema) };
}

/** @throws StoreError `NOT_FOUND`, `INVALID_CONTENT` */
export async function readCheckpoint<Body>(
  store: Store,
  runId: string,
  iteration: number,
  schema: z.ZodType<Body>,
): Promise<Checkpoint<Body>> {
  const key = keys.checkpoint(runId, iteration);
  return { iteration, key, body: await readJson(store, key, schema) };
}
