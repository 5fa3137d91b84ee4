/** Reading an object of a bucket, or a range of it: what was cut off goes on from there, and other bytes are never spliced in. */
import { GetObjectCommand, type GetObjectCommandOutput, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { setTimeout as sleep } from "node:timers/promises";
import { fromS3Error, isNotAsPut, statusOf } from "./s3-error.js";
import { MOST_TRIES, pauseMilliseconds } from "./s3-retry.js";
import { digestMismatch } from "./digest-check.js";
import { StoreError } from "./store-error.js";

export interface S3ObjectLocation {
  readonly uri: string;
  readonly key: string;
  readonly client: S3Client;
  readonly address: { readonly Bucket: string; readonly Key: string };
}

export interface DownloadOptions {
  /** The version to read, so that an overwrite cannot mix two. @default the one that is there */
  readonly entityTag?: string | undefined;
  /** Both ends included. @default the whole object */
  readonly range?: { readonly first: number; readonly last: number };
}

export interface Download {
  /** Of what is read. */
  readonly bytes: number;
  /** That the object was put with, where it was. */
  readonly sha256: string | undefined;
  /** To be read once. */
  readonly body: AsyncGenerator<Uint8Array, void>;
}

/** @throws StoreError, also while the body is read: `CONFLICT` where another object took this one's place meanwhile */
export async function openDownload(location: S3ObjectLocation, options: DownloadOptions = {}): Promise<Download> {
  const { range } = options;
  const reply = await request(location, options.entityTag, range);
  const length = range === undefined ? reply.ContentLength : range.last - range.first + 1;
  if (length === undefined) throw untrue(location, "the reply does not say how long the object is");
  const from = range?.first ?? 0;
  const entityTag = options.entityTag ?? reply.ETag;
  return {
    bytes: length,
    sha256: reply.Metadata?.["sha256"],
    body: readOn(location, { reply, entityTag, first: from, end: from + length }),
  };
}

interface Reading {
  /** To the request for `first` on. */
  readonly reply: GetObjectCommandOutput;
  readonly entityTag: string | undefined;
  readonly first: number;
  /** The first byte that is not read. */
  readonly end: number;
}

async function* readOn(location: S3ObjectLocation, reading: Reading): AsyncGenerator<Uint8Array, void> {
  const { entityTag, end } = reading;
  let { reply, first: position } = reading;
  for (let failures = 0; ;) {
    try {
      for await (const chunk of (reply.Body ?? []) as AsyncIterable<Uint8Array>) {
        if (position + chunk.byteLength > end) throw untrue(location, "more bytes came than the server said");
        position += chunk.byteLength;
        failures = 0;
        yield chunk;
      }
      if (position === end) return;
      throw untrue(location, `the reply ended ${end - position} bytes early`);
    } catch (error) {
      if (isNotAsPut(error)) throw digestMismatch(location, "the server's checksum of them is another");
      failures++;
      // Without its tag nobody could tell whether the rest is the same object's.
      if (failures >= MOST_TRIES || entityTag === undefined) throw fromS3Error(location.uri, location.key, error);
    }
    if (position === end) return;
    await sleep(pauseMilliseconds(failures));
    reply = await request(location, entityTag, { first: position, last: end - 1 });
  }
}

async function request(
  location: S3ObjectLocation,
  entityTag: string | undefined,
  range: DownloadOptions["range"],
): Promise<GetObjectCommandOutput> {
  const { uri, key, client, address } = location;
  const command = new GetObjectCommand({
    ...address,
    ...(entityTag === undefined ? {} : { IfMatch: entityTag }),
    ...(range === undefined ? {} : { Range: `bytes=${range.first}-${range.last}` }),
  });
  for (let tries = 1; ; tries++) {
    try {
      const reply = await client.send(command);
      if (range !== undefined) expectRange(location, reply, range);
      if (entityTag !== undefined && reply.ETag !== undefined && reply.ETag !== entityTag) throw replaced(location);
      return reply;
    } catch (error) {
      if (entityTag === undefined || statusOf(error) !== 412) throw fromS3Error(uri, key, error);
      if (!(await isStillThere(location, entityTag)) || tries === MOST_TRIES) throw replaced(location);
    }
    await sleep(pauseMilliseconds(tries));
  }
}

/** A server that does not know ranges answers with the whole object, and some with another part than was asked for. */
function expectRange(
  location: S3ObjectLocation,
  { $metadata, ContentRange: given, ContentLength: length, Body: body }: GetObjectCommandOutput,
  { first, last }: { readonly first: number; readonly last: number },
): void {
  const isAsked = given !== undefined && new RegExp(`^bytes ${first}-${last}/(\\d+|\\*)$`).test(given);
  if (isAsked && (length === undefined || length === last - first + 1)) return;
  (body as { destroy?: () => void } | undefined)?.destroy?.();
  const asked = `asked for bytes ${first}-${last}, the server answered with ${given ?? `HTTP ${$metadata.httpStatusCode} and no range`}`;
  throw new StoreError({
    code: "UNSUPPORTED",
    uri: location.uri,
    key: location.key,
    problem: `${asked}; it does not do ranged reads, which the store needs`,
  });
}

async function isStillThere({ uri, key, client, address }: S3ObjectLocation, entityTag: string): Promise<boolean> {
  try {
    return (await client.send(new HeadObjectCommand(address))).ETag === entityTag;
  } catch (error) {
    throw fromS3Error(uri, key, error);
  }
}

function replaced({ uri, key }: S3ObjectLocation): StoreError {
  return new StoreError({ code: "CONFLICT", uri, key, problem: "the object was replaced while it was read" });
}

function untrue({ uri, key }: S3ObjectLocation, problem: string): StoreError {
  return new StoreError({ code: "IO_ERROR", uri, key, problem });
}
