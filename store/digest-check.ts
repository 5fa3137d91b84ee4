/** Whether bytes that are read are those that were put. */
import { createHash } from "node:crypto";
import { sha256Hex } from "./byte-stream.js";
import { StoreError } from "./store-error.js";

/** A first reading, and others where bytes may have been damaged on their way. */
const READINGS = 3;
const CONTENT_ADDRESS = /^artifacts\/([0-9a-f]{64})$/;

interface Location {
  readonly uri: string;
  readonly key: string;
}

/** The SHA-256 that a content-addressed object's key says. What lies below such a key is named by something else. */
export function contentAddress(key: string): string | undefined {
  return CONTENT_ADDRESS.exec(key)?.[1];
}

export function digestMismatch({ uri, key }: Location, how: string): StoreError {
  return new StoreError({
    code: "DIGEST_MISMATCH",
    uri,
    key,
    problem: `the bytes that were read are not those that were stored (${how}); the object, or the way to it, is damaged`,
  });
}

/** @throws StoreError `DIGEST_MISMATCH` */
export function checkDigest(location: Location, actual: string, expected: string | undefined): void {
  if (expected === undefined || actual === expected) return;
  throw digestMismatch(location, `SHA-256 ${actual.slice(0, 12)}… in place of ${expected.slice(0, 12)}…`);
}

export function checkBytes(location: Location, bytes: Uint8Array, expected: string | undefined): void {
  if (expected !== undefined) checkDigest(location, sha256Hex(bytes), expected);
}

/** Passes chunks through; fails after the last one where they are not what they should be. */
export async function* checkedStream(
  location: Location,
  source: AsyncIterable<Uint8Array>,
  expected: string | undefined,
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash("sha256");
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
  checkDigest(location, hash.digest("hex"), expected);
}

/** Reads again where bytes were damaged, a few times. @throws the last reading's error */
export async function readUndamaged<Result>(read: () => Promise<Result>): Promise<Result> {
  for (let reading = 1; ; reading++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== "DIGEST_MISMATCH" || reading === READINGS) throw error;
    }
  }
}
