/** Finds out before a run starts whether its store takes objects. */
import type { Store } from "./store.js";

const PROBE = "probes/writable";

/** Writes and removes a small object. @throws StoreError that says why the store cannot be used */
export async function checkWritable(store: Store): Promise<void> {
  await store.put(PROBE, "");
  await store.delete(PROBE);
}
