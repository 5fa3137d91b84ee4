/** A copy of an object on this machine, read whole and checked before anything of it is used. */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkRange } from "./byte-range.js";
import { FileByteSource } from "./file-byte-source.js";
import { fromFileError } from "./file-error.js";
import { StoreError } from "./store-error.js";
import type { ByteSource } from "./store.js";

/** Copies up to this size are kept in memory. */
export const IN_MEMORY_BYTES = 8 << 20;

interface Location {
  readonly uri: string;
  readonly key: string;
}

export class BytesInMemory implements ByteSource {
  readonly #location: Location;
  readonly #bytes: Uint8Array;

  constructor(location: Location, bytes: Uint8Array) {
    this.#location = location;
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.byteLength;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    checkRange({ ...this.#location, offset, length, size: this.size });
    return this.#bytes.slice(offset, offset + length);
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

/** Writes a body to a temporary file that has no name any more when this returns, so that nothing is left of it when we are killed. */
export async function copyToFile(location: Location, body: AsyncIterable<Uint8Array>): Promise<ByteSource> {
  const { uri, key } = location;
  const folder = await mkdtemp(join(tmpdir(), "swarm-object-")).catch((error: unknown) => {
    throw copyError(location, error);
  });
  try {
    const file = await open(join(folder, "copy"), "wx+", 0o600);
    try {
      let size = 0;
      for await (const chunk of body) {
        await file.appendFile(chunk);
        size += chunk.byteLength;
      }
      return new FileByteSource({ uri, key, file, size });
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw copyError(location, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function copyError({ uri, key }: Location, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code } = fromFileError(uri, key, error);
  const errno = (error as NodeJS.ErrnoException).code ?? "unknown error";
  const problem = `no copy of it can be written to ${tmpdir()} (${errno}); make room there or set TMPDIR to another folder`;
  return new StoreError({ code, uri, key, problem, cause: error });
}
