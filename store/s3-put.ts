/** Puts into a bucket that know their own object again, so that a reply that is lost does no harm. */
import { HeadObjectCommand, type HeadObjectCommandOutput, PutObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Readable } from "node:stream";
import { sha256Hex } from "./byte-stream.js";
import type { S3ObjectLocation } from "./s3-download.js";
import { fromS3Error, statusOf } from "./s3-error.js";
import { MOST_TRIES, pauseMilliseconds } from "./s3-retry.js";
import { StoreError } from "./store-error.js";

/** A streamed put holds at most this times {@link PARTS_AT_ONCE} in memory, and an object has at most 10,000 parts: 80 GB. */
const PART_BYTES = 8 << 20;
const PARTS_AT_ONCE = 2;
/** What servers answer to a conditional put where there is an object; Amazon 409 where two meet. */
const TAKEN = new Set([412, 409, 304]);

/** The object's digest, by which readers know its bytes, and the put's own name, by which it knows its object. */
interface PutMetadata {
  readonly put: string;
  readonly sha256?: string;
}

export async function putObject(location: S3ObjectLocation, bytes: Uint8Array): Promise<{ readonly sha256: string }> {
  const { command, sha256 } = putCommand(location, bytes, {});
  await location.client.send(command);
  return { sha256 };
}

/**
 * An answer that the key is taken is looked into: our own object may stand there, stored by a request whose reply was lost; or
 * none, and the answer was a fault.
 *
 * @throws StoreError `ALREADY_EXISTS` where another object is there
 */
export async function putObjectIfAbsent(
  location: S3ObjectLocation,
  bytes: Uint8Array,
): Promise<{ readonly sha256: string }> {
  const { command, sha256, put } = putCommand(location, bytes, { IfNoneMatch: "*" });
  for (let tries = 1; ; tries++) {
    try {
      await location.client.send(command);
      return { sha256 };
    } catch (error) {
      if (!TAKEN.has(statusOf(error) ?? 0)) throw error;
      const stored = await headObject(location);
      if (stored?.Metadata?.["put"] === put) return { sha256 };
      if (stored !== undefined) throw alreadyThere(location);
      if (tries === MOST_TRIES) throw error;
    }
    await sleep(pauseMilliseconds(tries));
  }
}

/** An object of any size, in parts. What fits into one part is put whole. */
export async function putObjectStream(location: S3ObjectLocation, body: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length <= PART_BYTES && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      first.push(next.value);
      length += next.value.byteLength;
    }
  }
  if (ended) await putObject(location, Buffer.concat(first));
  else await upload(location, first, iterator);
}

async function upload(location: S3ObjectLocation, first: Uint8Array[], rest: AsyncIterator<Uint8Array>): Promise<void> {
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = first.shift(); chunk !== undefined; chunk = first.shift()) yield chunk;
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  const metadata: PutMetadata = { put: randomUUID() };
  const source = Readable.from(all(), { objectMode: false });
  const { client, address } = location;
  try {
    // An upload that fails is aborted on the server, so that no parts stay behind.
    await new Upload({
      client,
      params: { ...address, Body: source, Metadata: { ...metadata } },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
    }).done();
  } catch (error) {
    // The server may have put the parts together and its reply was lost: then there is no such upload any more.
    if (statusOf(error) !== 404) throw error;
    const stored = await headObject(location).catch(() => undefined);
    if (stored?.Metadata?.["put"] !== metadata.put) throw error;
  } finally {
    source.destroy();
  }
}

function putCommand(
  { address }: S3ObjectLocation,
  bytes: Uint8Array,
  condition: { readonly IfNoneMatch?: "*" },
): { readonly command: PutObjectCommand; readonly sha256: string; readonly put: string } {
  const metadata = { put: randomUUID(), sha256: sha256Hex(bytes) } satisfies PutMetadata;
  const input = { ...address, ...condition, Body: bytes, ContentLength: bytes.byteLength, Metadata: metadata };
  return { command: new PutObjectCommand(input), ...metadata };
}

async function headObject({
  client,
  address,
  uri,
  key,
}: S3ObjectLocation): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await client.send(new HeadObjectCommand(address));
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw fromS3Error(uri, key, error);
  }
}

function alreadyThere({ uri, key }: S3ObjectLocation): StoreError {
  return new StoreError({ code: "ALREADY_EXISTS", uri, key, problem: "there is such an object already" });
}
