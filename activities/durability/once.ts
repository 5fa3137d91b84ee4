import type { z } from "zod";
import { readJson, writeJson } from "../../store/json.js";
import type { Store } from "../../store/store.js";

/**
 * Does work once: its result is written last, under a key that derives from what is asked, so that another try, or
 * another run of the same search, finds the finished result and returns it.
 */
export async function once<Result>(
  store: Store,
  key: string,
  schema: z.ZodType<Result>,
  work: () => Promise<Result>,
): Promise<Result> {
  if ((await store.stat(key)) !== undefined) return readJson(store, key, schema);
  const result = await work();
  await writeJson(store, key, result);
  return result;
}
