/**
 * Digests of objects that are read in ranges, which nothing else can check: beside `adapter_model.safetensors` lies
 * `adapter_model.safetensors.sha256`, as coreutils' sha256sum writes it and `sha256sum --check` reads it.
 */
import { readUndamaged } from "./digest-check.js";
import { decodeText, invalidContent } from "./content.js";
import { isStoreError } from "./store-error.js";
import type { ArtifactRef, Store } from "./store.js";

const LINE = /^([0-9a-f]{64}) [ *]\S+\n?$/;

export function digestKey(key: string): string {
  return `${key}.sha256`;
}

export function digestLine(key: string, sha256: string): string {
  return `${sha256}  ${key.slice(key.lastIndexOf("/") + 1)}\n`;
}

/** Puts an object and then its digest. */
export async function putRecorded(store: Store, key: string, body: AsyncIterable<Uint8Array>): Promise<ArtifactRef> {
  const written = await store.putStream(key, body);
  await store.put(digestKey(key), digestLine(key, written.sha256));
  return written;
}

/** `undefined` where none was recorded. @throws StoreError `INVALID_CONTENT` where the record is none */
export async function recordedDigest(store: Store, key: string): Promise<string | undefined> {
  const record = digestKey(key);
  const location = { uri: store.uri, key: record };
  let text: string;
  try {
    text = decodeText(location, await store.get(record));
  } catch (error) {
    if (isStoreError(error, "NOT_FOUND")) return undefined;
    throw error;
  }
  const sha256 = LINE.exec(text)?.[1];
  if (sha256 === undefined)
    throw invalidContent(location, "this is not a line of sha256sum; remove it, or write it anew");
  return sha256;
}

/** Copies an object within a store, checked against its digest, and the digest with it. */
export async function copyRecorded(store: Store, from: string, to: string): Promise<void> {
  const sha256 = await recordedDigest(store, from);
  await readUndamaged(async () => putRecorded(store, to, await store.getStream(from, { sha256 })));
}
