/** Results that runs share, found again by all that they depend on (docs/decisions/0008-shared-work.md). */
import { Context } from "@temporalio/activity";
import { z } from "zod";
import { canonicalJson } from "../../config/canonical-json.js";
import { sha256Hex } from "../../store/byte-stream.js";
import { readJson, writeJson } from "../../store/json.js";
import { keys } from "../../store/keys.js";
import { isStoreError } from "../../store/store-error.js";
import type { Store } from "../../store/store.js";
import { oneAtATime } from "./one-at-a-time.js";
import { startStopwatch } from "../durability/stopwatch.js";

export interface SharedWork<Result> {
  readonly store: Store;
  /** Of the recipe: {@link recipeDigest}. */
  readonly digest: string;
  /** Which piece of work of which run this is: a result that was made for it is its own, also at another try. */
  readonly madeFor: string;
  readonly schema: z.ZodType<Result>;
  readonly work: () => Promise<Result>;
}

export interface SharedResult<Result> {
  readonly result: Result;
  /** What it took the other run that made it; undefined where it is this one's own work. */
  readonly sharedSeconds: number | undefined;
}

/** Names a result by what it is made from: JSON with everything that decides it, and nothing else. */
export function recipeDigest(recipe: object): string {
  return sha256Hex(canonicalJson(recipe));
}

/**
 * Gives the result that any run on this store has made of the same recipe, or makes it. It is stored in one piece when it is
 * whole, after everything else that the work writes; of several runs that made it at once the first one's stays.
 */
export async function shareResult<Result>({
  store,
  digest,
  madeFor,
  schema,
  work,
}: SharedWork<Result>): Promise<SharedResult<Result>> {
  const key = keys.sharedResult(digest);
  const stored = z.strictObject({ madeFor: z.string(), seconds: z.number(), result: schema });
  const take = async (): Promise<SharedResult<Result>> => {
    const { result, seconds, madeFor: maker } = await readJson(store, key, stored);
    return { result, sharedSeconds: maker === madeFor ? undefined : seconds };
  };
  const make = async (): Promise<SharedResult<Result>> => {
    const elapsed = startStopwatch();
    const result = await work();
    try {
      await writeJson(store, key, { madeFor, seconds: elapsed(), result }, { ifAbsent: true });
    } catch (error) {
      if (!isStoreError(error, "ALREADY_EXISTS")) throw error;
    }
    return { result, sharedSeconds: undefined };
  };
  return oneAtATime(`${store.uri} ${digest}`, Context.current().cancelled, async () =>
    (await store.stat(key)) === undefined ? make() : take(),
  );
}
