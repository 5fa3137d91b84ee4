/** A store in a bucket of Amazon S3 or of a compatible server. */
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Readable } from "node:stream";
import { DigestedStream, withTranslatedErrors } from "./byte-stream.js";
import { checkBytes, checkedStream, contentAddress, readUndamaged } from "./digest-check.js";
import { BytesInMemory, copyToFile, IN_MEMORY_BYTES } from "./local-copy.js";
import { checkListPrefix, checkObjectKey, isObjectKey } from "./object-key.js";
import { S3ByteSource } from "./s3-byte-source.js";
import { openDownload, type S3ObjectLocation } from "./s3-download.js";
import { fromS3Error } from "./s3-error.js";
import { listBucket } from "./s3-listing.js";
import { putObject, putObjectIfAbsent, putObjectStream } from "./s3-put.js";
import { isStoreError, StoreError } from "./store-error.js";
import type { ArtifactRef, ByteSource, OpenOptions, PutOptions, ReadOptions, Store } from "./store.js";

export interface S3StoreOptions {
  readonly uri: string;
  readonly bucket: string;
  /** Without slashes at its ends; empty for the bucket itself. */
  readonly prefix: string;
  readonly client: S3Client;
}

export class S3Store implements Store {
  readonly uri: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  /** Empty, or ends in a slash. */
  readonly #prefix: string;
  #bucketSeen = false;

  constructor({ uri, bucket, prefix, client }: S3StoreOptions) {
    this.uri = uri;
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix === "" ? "" : `${prefix}/`;
  }

  async put(key: string, body: Uint8Array | string, options: PutOptions = {}): Promise<ArtifactRef> {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const location = this.#locate(key);
    const put = options.ifAbsent === true ? putObjectIfAbsent : putObject;
    const { sha256 } = await this.#attempt(key, () => put(location, bytes));
    return { key, sha256, bytes: bytes.byteLength };
  }

  async putStream(key: string, body: AsyncIterable<Uint8Array>): Promise<ArtifactRef> {
    const location = this.#locate(key);
    const digested = new DigestedStream(body);
    try {
      await putObjectStream(location, digested);
    } catch (error) {
      throw digested.sourceError === undefined ? fromS3Error(this.uri, key, error) : digested.sourceError.error;
    }
    return { key, ...digested.digest() };
  }

  async get(key: string): Promise<Uint8Array> {
    return this.#getWhole(this.#locate(key), undefined);
  }

  async getStream(key: string, { sha256 }: ReadOptions = {}): Promise<Readable> {
    const location = this.#locate(key);
    const { body, sha256: put } = await openDownload(location);
    const expected = sha256 ?? contentAddress(key) ?? put;
    return withTranslatedErrors(checkedStream(location, body, expected), (error) => fromS3Error(this.uri, key, error));
  }

  /** Where the digest is known the object is read and checked whole before any of it is given out; ranges have none of their own. */
  async open(key: string, { sha256, checked = true }: OpenOptions = {}): Promise<ByteSource> {
    const location = this.#locate(key);
    const head = await this.#attempt(key, () => this.#head(key));
    const size = this.#sizeOf(key, head);
    const expected = checked ? (sha256 ?? contentAddress(key) ?? head.Metadata?.["sha256"]) : undefined;
    if (expected === undefined) return new S3ByteSource({ ...location, size, entityTag: head.ETag });
    if (size <= IN_MEMORY_BYTES) return new BytesInMemory(location, await this.#getWhole(location, expected));
    return readUndamaged(async () => {
      const { body } = await openDownload(location, { entityTag: head.ETag });
      return copyToFile(location, checkedStream(location, body, expected));
    });
  }

  async stat(key: string): Promise<{ readonly bytes: number } | undefined> {
    try {
      const head = await this.#attempt(key, () => this.#head(key));
      return { bytes: this.#sizeOf(key, head) };
    } catch (error) {
      if (!isStoreError(error, "NOT_FOUND")) throw error;
      await this.#checkBucket();
      return undefined;
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    checkListPrefix(this.uri, prefix);
    try {
      const within = { uri: this.uri, bucket: this.#bucket, prefix: this.#prefix + prefix };
      for await (const key of listBucket(this.#client, within)) {
        const ours = key.slice(this.#prefix.length);
        // A bucket may hold what others put there, such as the "folders" of consoles.
        if (isObjectKey(ours)) yield ours;
      }
    } catch (error) {
      throw fromS3Error(this.uri, prefix, error);
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await this.#attempt(key, () => this.#client.send(new DeleteObjectCommand(this.#address(key))));
    } catch (error) {
      // Amazon answers a delete of nothing with success, some other servers do not.
      if (!isStoreError(error, "NOT_FOUND")) throw error;
      await this.#checkBucket();
    }
  }

  #address(key: string): { readonly Bucket: string; readonly Key: string } {
    checkObjectKey(this.uri, key);
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }

  #locate(key: string): S3ObjectLocation {
    return { uri: this.uri, key, client: this.#client, address: this.#address(key) };
  }

  async #getWhole(location: S3ObjectLocation, sha256: string | undefined): Promise<Uint8Array> {
    return readUndamaged(async () => {
      const { body, sha256: put } = await openDownload(location);
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      checkBytes(location, bytes, sha256 ?? contentAddress(location.key) ?? put);
      return bytes;
    });
  }

  #sizeOf(key: string, { ContentLength: bytes }: HeadObjectCommandOutput): number {
    if (bytes !== undefined) return bytes;
    const problem = "the server does not say how long the object is (no Content-Length)";
    throw new StoreError({ code: "UNSUPPORTED", uri: this.uri, key, problem });
  }

  #head(key: string): Promise<HeadObjectCommandOutput> {
    return this.#client.send(new HeadObjectCommand(this.#address(key)));
  }

  /**
   * A HEAD gives a status and no reason: it cannot tell a missing bucket from a missing object, and a missing bucket must not
   * read as an empty one. A listing has a reason.
   */
  async #checkBucket(): Promise<void> {
    if (this.#bucketSeen) return;
    try {
      await this.#client.send(new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: this.#prefix, MaxKeys: 1 }));
    } catch (error) {
      // Who may read objects need not be allowed to list them.
      if ((error as Error).name !== "AccessDenied") throw fromS3Error(this.uri, undefined, error);
    }
    this.#bucketSeen = true;
  }

  async #attempt<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw fromS3Error(this.uri, key, error);
    }
  }
}
