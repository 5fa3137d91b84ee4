/** Where an adapter's bytes go: one file, written from front to back, whole or not there at all. */
import { createHash, type Hash } from "node:crypto";
import { open, rename, rmdir, unlink, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { PassThrough } from "node:stream";
import { threadId } from "node:worker_threads";
import { makeFolder } from "../store/make-folder.js";
import type { ArtifactRef } from "../store/store.js";
import { AdapterError } from "./error.js";

export interface OutputFile<Written = ArtifactRef> {
  /** Takes the next bytes, which may be changed only after the promise has resolved. Calls may overlap. */
  write(chunk: Uint8Array): Promise<void>;
  /** Publishes the file. */
  finish(): Promise<Written>;
  /** Drops what was written. Never rejects. */
  abort(): Promise<void>;
}

/** Turns a function that takes a stream, such as `(body) => store.putStream(key, body)`, into an output file. */
export function streamOutput<Written>(put: (body: AsyncIterable<Uint8Array>) => Promise<Written>): OutputFile<Written> {
  const stream = new PassThrough({ readableHighWaterMark: 0, writableHighWaterMark: 0 });
  stream.on("error", () => {});
  const written = put(stream);
  const failed = written.then(() => new Promise<never>(() => {}));
  failed.catch(() => {});
  return {
    async write(chunk) {
      // The taker may keep what it was given (a multipart upload does), so it gets a copy.
      const taken = new Promise<void>((resolve, reject) => {
        stream.write(new Uint8Array(chunk), (error) => (error ? reject(error) : resolve()));
      });
      taken.catch(() => {});
      try {
        await Promise.race([failed, taken]);
      } catch (error) {
        // The taker's own error says more than that of the stream that it left.
        await written;
        throw error;
      }
    },
    finish() {
      stream.end();
      return written;
    },
    async abort() {
      stream.destroy(new Error("the writer gave up"));
      await written.catch(() => {});
    },
  };
}

let temporaryFiles = 0;

class LocalOutput implements OutputFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #madeFolder: boolean;
  readonly #hash: Hash = createHash("sha256");
  #bytes = 0;

  constructor(path: string, temporary: string, handle: FileHandle, madeFolder: boolean) {
    this.#path = path;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#madeFolder = madeFolder;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const start = this.#bytes;
    this.#bytes += chunk.byteLength;
    let done = 0;
    const write = async (): Promise<void> => {
      while (done < chunk.byteLength) {
        done += (await this.#handle.write(chunk, done, chunk.byteLength - done, start + done)).bytesWritten;
      }
    };
    // The kernel's copy of the bytes runs on another thread while this one digests them.
    const writing = write();
    this.#hash.update(chunk);
    await writing.catch((error: unknown) => Promise.reject(writeFailure(this.#path, error)));
  }

  async finish(): Promise<ArtifactRef> {
    try {
      await this.#handle.close();
      await rename(this.#temporary, this.#path);
    } catch (error) {
      await unlink(this.#temporary).catch(() => {});
      throw writeFailure(this.#path, error);
    }
    return { key: this.#path, sha256: this.#hash.digest("hex"), bytes: this.#bytes };
  }

  async abort(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await unlink(this.#temporary).catch(() => {});
    if (this.#madeFolder) await rmdir(dirname(this.#path)).catch(() => {});
  }
}

function writeFailure(path: string, cause: unknown): AdapterError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new AdapterError({ code: "WRITE_FAILED", file: path, problem: `can not be written (${reason})`, cause });
}

/** A local file, written under another name and renamed when whole. Its folder is made where it is missing. */
export async function localOutput(path: string): Promise<OutputFile> {
  const temporary = `${path}.${process.pid}-${threadId}-${temporaryFiles++}.tmp`;
  try {
    const madeFolder = await makeFolder(dirname(path));
    return new LocalOutput(path, temporary, await open(temporary, "wx"), madeFolder);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

/** Writes a whole small file. */
export async function writeOutput(output: OutputFile, content: Uint8Array): Promise<ArtifactRef> {
  return writeChunks(output, [content]);
}

/** Writes chunks one after another; drops the file where one of them fails. */
export async function writeChunks(
  output: OutputFile,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<ArtifactRef> {
  try {
    for await (const chunk of chunks) await output.write(chunk);
  } catch (error) {
    await output.abort();
    throw error;
  }
  return output.finish();
}
