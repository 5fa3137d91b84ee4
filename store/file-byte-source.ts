/** Random access to a file of a directory store. */
import type { FileHandle } from "node:fs/promises";
import { checkRange, outOfRange } from "./byte-range.js";
import { fromFileError } from "./file-error.js";
import type { ByteSource } from "./store.js";

interface FileByteSourceOptions {
  readonly uri: string;
  readonly key: string;
  readonly file: FileHandle;
  readonly size: number;
}

export class FileByteSource implements ByteSource {
  readonly size: number;
  readonly #options: FileByteSourceOptions;

  constructor(options: FileByteSourceOptions) {
    this.size = options.size;
    this.#options = options;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const { uri, key } = this.#options;
    checkRange({ uri, key, offset, length, size: this.size });
    const bytes = new Uint8Array(length);
    await this.readInto(bytes, offset);
    return bytes;
  }

  async readInto(target: Uint8Array, offset: number): Promise<void> {
    const { uri, key, file } = this.#options;
    const length = target.byteLength;
    checkRange({ uri, key, offset, length, size: this.size });
    let filled = 0;
    while (filled < length) {
      const reading = file.read(target, filled, length - filled, offset + filled);
      const { bytesRead } = await reading.catch((error: unknown) => {
        throw fromFileError(uri, key, error);
      });
      if (bytesRead === 0) throw outOfRange({ uri, key, offset, length, size: offset + filled });
      filled += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#options.file.close();
  }
}
