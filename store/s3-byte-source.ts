/** Random access to an object of a bucket by ranged reads. */
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { checkRange, outOfRange } from "./byte-range.js";
import { fromS3Error } from "./s3-error.js";
import { StoreError } from "./store-error.js";
import type { ByteSource } from "./store.js";

interface S3ByteSourceOptions {
  readonly uri: string;
  readonly key: string;
  readonly client: S3Client;
  readonly address: { readonly Bucket: string; readonly Key: string };
  readonly size: number;
  /** Every read asks for this version of the object, so that an overwrite cannot mix two. */
  readonly entityTag: string | undefined;
}

export class S3ByteSource implements ByteSource {
  readonly size: number;
  readonly #options: S3ByteSourceOptions;

  constructor(options: S3ByteSourceOptions) {
    this.size = options.size;
    this.#options = options;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const { uri, key, client, address, size, entityTag } = this.#options;
    checkRange({ uri, key, offset, length, size });
    if (length === 0) return new Uint8Array();
    const condition = entityTag === undefined ? {} : { IfMatch: entityTag };
    const command = new GetObjectCommand({ ...address, ...condition, Range: `bytes=${offset}-${offset + length - 1}` });
    let bytes: Uint8Array | undefined;
    try {
      const { Body: body } = await client.send(command);
      bytes = await body?.transformToByteArray();
    } catch (error) {
      if ((error as Error).name === "PreconditionFailed") {
        throw new StoreError({ code: "CONFLICT", uri, key, problem: "the object was replaced while it was read" });
      }
      throw fromS3Error(uri, key, error);
    }
    if (bytes?.byteLength !== length)
      throw outOfRange({ uri, key, offset, length, size: offset + (bytes?.byteLength ?? 0) });
    return bytes;
  }

  async close(): Promise<void> {
    // Reads hold nothing open between them.
  }
}
