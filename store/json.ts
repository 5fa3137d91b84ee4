/** JSON documents in a store. */
import type { z } from "zod";
import { canonicalJson } from "../config/canonical-json.js";
import { invalidContent, parseJson, shapeProblem } from "./content.js";
import type { ArtifactRef, PutOptions, Store } from "./store.js";

/** @throws StoreError `NOT_FOUND`, or `INVALID_CONTENT` where the object is not what `schema` describes */
export async function readJson<Value>(store: Store, key: string, schema: z.ZodType<Value>): Promise<Value> {
  const bytes = await store.get(key);
  const location = { uri: store.uri, key };
  const result = schema.safeParse(parseJson(location, bytes));
  if (!result.success) throw invalidContent(location, shapeProblem(result.error));
  return result.data;
}

/** Writes with sorted keys: equal values make equal objects. @throws TypeError where `value` is no JSON */
export async function writeJson(store: Store, key: string, value: unknown, options?: PutOptions): Promise<ArtifactRef> {
  return store.put(key, `${canonicalJson(value)}\n`, options);
}
