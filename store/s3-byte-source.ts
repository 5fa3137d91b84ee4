/** Random access to an object of a bucket by ranged reads. */
import { checkRange, outOfRange } from "./byte-range.js";
import { openDownload, type S3ObjectLocation } from "./s3-download.js";
import type { ByteSource } from "./store.js";

interface S3ByteSourceOptions extends S3ObjectLocation {
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
    const { uri, key, size, entityTag } = this.#options;
    checkRange({ uri, key, offset, length, size });
    if (length === 0) return new Uint8Array();
    const { body } = await openDownload(this.#options, {
      entityTag,
      range: { first: offset, last: offset + length - 1 },
    });
    const bytes = new Uint8Array(length);
    let filled = 0;
    for await (const chunk of body) {
      bytes.set(chunk, filled);
      filled += chunk.byteLength;
    }
    if (filled !== length) throw outOfRange({ uri, key, offset, length, size: offset + filled });
    return bytes;
  }

  async close(): Promise<void> {
    // Reads hold nothing open between them.
  }
}
