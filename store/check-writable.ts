/** Finds out before a run starts whether its store takes objects, keeps what is there and gives back what was put. */
import { randomUUID } from "node:crypto";
import { isStoreError, StoreError } from "./store-error.js";
import type { Store } from "./store.js";

const FIRST = 3;
const LENGTH = 7;

/**
 * Puts a small object twice, the second time on the condition that there is none, reads it and a range of it, and removes it.
 *
 * @throws StoreError that says why the store cannot be used; `UNSUPPORTED` names what the server lacks
 */
export async function checkWritable(store: Store): Promise<void> {
  const key = `probes/${randomUUID()}`;
  const body = Buffer.from(`data-swarms ${key}\n`);
  try {
    await store.put(key, body, { ifAbsent: true });
    await expectRefusal(store, key);
    const read = Buffer.from(await store.get(key));
    if (!read.equals(body)) throw lack(store, key, "it gives back other bytes than were put");
    await expectRange(store, key, body);
  } finally {
    await store.delete(key).catch(() => undefined);
  }
}

/** A checkpoint that another one replaces is lost. */
async function expectRefusal(store: Store, key: string): Promise<void> {
  try {
    await store.put(key, "another object", { ifAbsent: true });
  } catch (error) {
    if (isStoreError(error, "ALREADY_EXISTS")) return;
    throw error;
  }
  throw lack(store, key, "it ignores conditional puts (If-None-Match), so that one checkpoint could replace another");
}

async function expectRange(store: Store, key: string, body: Uint8Array): Promise<void> {
  const source = await store.open(key, { checked: false });
  try {
    const range = await source.read(FIRST, LENGTH);
    if (source.size === body.byteLength && Buffer.from(range).equals(body.subarray(FIRST, FIRST + LENGTH))) return;
  } finally {
    await source.close();
  }
  throw lack(store, key, "it gives back other bytes than the range that was asked for");
}

function lack({ uri }: Store, key: string, problem: string): StoreError {
  return new StoreError({
    code: "UNSUPPORTED",
    uri,
    key,
    problem: `this store cannot be used: ${problem}; name another with --store`,
  });
}
