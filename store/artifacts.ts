/** Content-addressed objects, which runs share: `artifacts/<sha256>`. */
import { DigestedStream, sha256Hex } from "./byte-stream.js";
import { invalidContent } from "./content.js";
import { checkBytes } from "./digest-check.js";
import { keys } from "./keys.js";
import type { ArtifactRef, Store } from "./store.js";

/** Stores bytes under their digest; what is there already is not sent again. */
export async function putArtifact(store: Store, content: Uint8Array | string): Promise<ArtifactRef> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const sha256 = sha256Hex(bytes);
  const reference = { key: keys.artifact(sha256), sha256, bytes: bytes.byteLength };
  if (await isStored(store, reference)) return reference;
  return store.put(reference.key, bytes);
}

/**
 * The same for large content. It is read twice: for its digest, which is the key, and then, where it is not stored yet, to
 * store it. Memory use does not grow with its size.
 *
 * @param read begins to read from the start at every call
 * @throws StoreError `INVALID_CONTENT` where the second reading gives other bytes
 */
export async function putArtifactStream(store: Store, read: () => AsyncIterable<Uint8Array>): Promise<ArtifactRef> {
  const digested = new DigestedStream(read());
  for await (const _chunk of digested);
  const { sha256, bytes } = digested.digest();
  const reference = { key: keys.artifact(sha256), sha256, bytes };
  if (await isStored(store, reference)) return reference;
  const stored = await store.putStream(reference.key, read());
  if (stored.sha256 !== sha256) {
    await store.delete(reference.key);
    throw invalidContent({ uri: store.uri, key: reference.key }, "the content changed while it was stored; try again");
  }
  return stored;
}

/** @throws StoreError `NOT_FOUND`, or `DIGEST_MISMATCH` where the stored bytes are not those that the reference names */
export async function getArtifact(store: Store, { key, sha256 }: ArtifactRef): Promise<Uint8Array> {
  const bytes = await store.get(key);
  checkBytes({ uri: store.uri, key }, bytes, sha256);
  return bytes;
}

async function isStored(store: Store, { key, bytes }: ArtifactRef): Promise<boolean> {
  return (await store.stat(key))?.bytes === bytes;
}
