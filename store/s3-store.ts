/** A store in a bucket of Amazon S3 or of a compatible server. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { Readable } from "node:stream";
import { DigestedStream, sha256Hex, withTranslatedErrors } from "./byte-stream.js";
import { checkListPrefix, checkObjectKey, isObjectKey } from "./object-key.js";
import { S3ByteSource } from "./s3-byte-source.js";
import { fromS3Error } from "./s3-error.js";
import { isStoreError } from "./store-error.js";
import type { ArtifactRef, ByteSource, PutOptions, Store } from "./store.js";

/** A streamed put holds at most this times {@link PARTS_AT_ONCE} in memory, and an object has at most 10,000 parts: 80 GB. */
const PART_BYTES = 8 << 20;
const PARTS_AT_ONCE = 2;
/** Amazon answers 409 where two conditional puts meet, and asks to try again. */
const TRIES_ON_CONFLICT = 5;

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
    const condition = options.ifAbsent === true ? { IfNoneMatch: "*" } : {};
    const command = new PutObjectCommand({
      ...this.#address(key),
      ...condition,
      Body: bytes,
      ContentLength: bytes.byteLength,
    });
    await this.#attempt(key, async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#client.send(command);
        } catch (error) {
          if ((error as Error).name !== "ConditionalRequestConflict" || attempt === TRIES_ON_CONFLICT) throw error;
        }
      }
    });
    return { key, sha256: sha256Hex(bytes), bytes: bytes.byteLength };
  }

  async putStream(key: string, body: AsyncIterable<Uint8Array>): Promise<ArtifactRef> {
    const address = this.#address(key);
    const digested = new DigestedStream(body);
    const source = Readable.from(digested, { objectMode: false });
    // An upload that fails is aborted on the server, so that no parts stay behind.
    const upload = new Upload({
      client: this.#client,
      params: { ...address, Body: source },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
    });
    try {
      await upload.done();
    } catch (error) {
      throw digested.sourceError === undefined ? fromS3Error(this.uri, key, error) : digested.sourceError.error;
    } finally {
      source.destroy();
    }
    return { key, ...digested.digest() };
  }

  async get(key: string): Promise<Uint8Array> {
    return this.#attempt(key, async () => {
      const { Body: body } = await this.#client.send(new GetObjectCommand(this.#address(key)));
      return (await body?.transformToByteArray()) ?? new Uint8Array();
    });
  }

  async getStream(key: string): Promise<Readable> {
    const { Body: body } = await this.#attempt(key, () => this.#client.send(new GetObjectCommand(this.#address(key))));
    return withTranslatedErrors((body as Readable | undefined) ?? Readable.from([]), (error) =>
      fromS3Error(this.uri, key, error),
    );
  }

  async open(key: string): Promise<ByteSource> {
    const address = this.#address(key);
    const head = await this.#attempt(key, () => this.#head(key));
    return new S3ByteSource({
      uri: this.uri,
      key,
      client: this.#client,
      address,
      size: head.ContentLength ?? 0,
      entityTag: head.ETag,
    });
  }

  async stat(key: string): Promise<{ readonly bytes: number } | undefined> {
    try {
      const head = await this.#attempt(key, () => this.#head(key));
      return { bytes: head.ContentLength ?? 0 };
    } catch (error) {
      if (!isStoreError(error, "NOT_FOUND")) throw error;
      await this.#checkBucket();
      return undefined;
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    checkListPrefix(this.uri, prefix);
    const pages = paginateListObjectsV2(
      { client: this.#client },
      { Bucket: this.#bucket, Prefix: this.#prefix + prefix },
    );
    try {
      for await (const { Contents: contents = [] } of pages) {
        for (const { Key: key = "" } of contents) {
          const ours = key.slice(this.#prefix.length);
          // A bucket may hold what others put there, such as the "folders" of consoles.
          if (isObjectKey(ours)) yield ours;
        }
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
