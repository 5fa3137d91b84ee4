/** Random access to the bytes of adapter files. */
import { open, type FileHandle } from "node:fs/promises";
import type { ByteSource } from "../store/store.js";
import { AdapterError } from "./error.js";

/** Fills `target` with the bytes of `source` from `offset` on: in place where the source can, which saves an allocation per read. */
export async function readInto(source: ByteSource, target: Uint8Array, offset: number): Promise<void> {
  if (source.readInto !== undefined) return source.readInto(target, offset);
  target.set(await source.read(offset, target.byteLength));
}

class FileSource implements ByteSource {
  readonly size: number;
  readonly #path: string;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle, size: number) {
    this.#path = path;
    this.#handle = handle;
    this.size = size;
  }

  async readInto(target: Uint8Array, offset: number): Promise<void> {
    let filled = 0;
    while (filled < target.byteLength) {
      const { bytesRead } = await this.#handle.read(target, filled, target.byteLength - filled, offset + filled);
      if (bytesRead === 0) {
        throw new AdapterError({
          code: "CORRUPT",
          file: this.#path,
          problem: `the file ends at byte ${offset + filled}, before byte ${offset + target.byteLength}`,
        });
      }
      filled += bytesRead;
    }
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    await this.readInto(bytes, offset);
    return bytes;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Opens a local file. Rejects with `NOT_FOUND` where there is none. */
export async function openFile(path: string): Promise<ByteSource> {
  try {
    const handle = await open(path, "r");
    try {
      return new FileSource(path, handle, (await handle.stat()).size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw new AdapterError({
      code: "NOT_FOUND",
      file: path,
      problem: `can not be opened for reading (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      cause: error,
    });
  }
}
