/** Where runs keep what they made: the same keys in a directory and in an S3 bucket. */
import type { Readable } from "node:stream";

/** Random access to an object's bytes. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** Exactly `length` bytes from `offset` on; rejects where the object is shorter. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Fills `target` with the bytes from `offset` on, where the source can without a copy; rejects where the object is shorter. */
  readInto?(target: Uint8Array, offset: number): Promise<void>;
  close(): Promise<void>;
}

/** A reference to stored bytes, small enough for a workflow's history. */
export interface ArtifactRef {
  readonly key: string;
  /** Lower-case hexadecimal SHA-256 of the content. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface PutOptions {
  /** Fails with `ALREADY_EXISTS` where the key is taken (`If-None-Match: *`): the commit mark of a checkpoint. */
  readonly ifAbsent?: boolean;
}

export interface ReadOptions {
  /** What the bytes are checked against. @default what a content-addressed key says, or what the store knows of the put */
  readonly sha256?: string | undefined;
}

export interface OpenOptions extends ReadOptions {
  /** Whether all is read and checked at once where the store knows the digest. @default true */
  readonly checked?: boolean;
}

/**
 * An object store. A key is a relative path of segments `[A-Za-z0-9._-]+` joined by `/`.
 * A put is whole or not there: a reader never sees half an object. All failures are `StoreError`s.
 */
export interface Store {
  /** The address it was opened with, without secrets. */
  readonly uri: string;
  put(key: string, body: Uint8Array | string, options?: PutOptions): Promise<ArtifactRef>;
  /** Streams a large object; memory use does not grow with its size. */
  putStream(key: string, body: AsyncIterable<Uint8Array>): Promise<ArtifactRef>;
  /** Damaged bytes are read again a few times; rejects with `DIGEST_MISMATCH` then. */
  get(key: string): Promise<Uint8Array>;
  /** Fails at the end with `DIGEST_MISMATCH` where the bytes are not those that were put. */
  getStream(key: string, options?: ReadOptions): Promise<Readable>;
  open(key: string, options?: OpenOptions): Promise<ByteSource>;
  /** `undefined` where there is no such object. */
  stat(key: string): Promise<{ readonly bytes: number } | undefined>;
  /** Keys that begin with `prefix`, in ascending order. */
  list(prefix: string): AsyncIterable<string>;
  delete(key: string): Promise<void>;
}
