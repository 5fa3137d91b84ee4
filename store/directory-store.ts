/** A store in a directory. */
import { createReadStream } from "node:fs";
import { copyFile, link, open, readFile, rename, stat, unlink, writeFile, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { DigestedStream, sha256Hex, withTranslatedErrors } from "./byte-stream.js";
import { checkBytes, checkedStream, contentAddress, readUndamaged } from "./digest-check.js";
import { fromFileError } from "./file-error.js";
import { FileByteSource } from "./file-byte-source.js";
import { listFiles } from "./file-listing.js";
import { makeFolder } from "./make-folder.js";
import { checkListPrefix, checkObjectKey } from "./object-key.js";
import { OWNER_FILE, OWNER_FOLDER } from "./owner-only.js";
import { StoreError } from "./store-error.js";
import { removeLeftPuts, unfinishedPut } from "./unfinished-puts.js";
import type { ArtifactRef, ByteSource, OpenOptions, PutOptions, ReadOptions, Store } from "./store.js";

const READ_BYTES = 1 << 20;

export interface DirectoryStoreOptions {
  readonly uri: string;
  /** Absolute. Made by the first put where it is missing. */
  readonly path: string;
  /** Whether a put waits until the bytes survive a loss of power. @default true */
  readonly sync?: boolean;
}

/** Folders whose leftovers this process has removed. */
const swept = new Map<string, Promise<void>>();

/**
 * Objects are files, their owner's alone. A put writes a file of its own at the top of the store and moves it into the object's
 * place in one step, so that a process killed at any moment leaves the old object, the new one, or none. What it may leave besides
 * has a `~` in its name, which no key has, and the first put of a later process removes it.
 */
export class DirectoryStore implements Store {
  readonly uri: string;
  readonly #path: string;
  readonly #sync: boolean;

  constructor({ uri, path, sync = true }: DirectoryStoreOptions) {
    this.uri = uri;
    this.#path = path;
    this.#sync = sync;
  }

  async put(key: string, body: Uint8Array | string, options: PutOptions = {}): Promise<ArtifactRef> {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    await this.#write(key, options.ifAbsent === true, async (file) => {
      await file.writeFile(bytes);
    });
    return { key, sha256: sha256Hex(bytes), bytes: bytes.byteLength };
  }

  async putStream(key: string, body: AsyncIterable<Uint8Array>): Promise<ArtifactRef> {
    const digested = new DigestedStream(body);
    try {
      await this.#write(key, false, (file) => writeFile(file, digested));
    } catch (error) {
      throw digested.sourceError === undefined ? error : digested.sourceError.error;
    }
    return { key, ...digested.digest() };
  }

  async get(key: string): Promise<Uint8Array> {
    const path = this.#pathOf(key);
    return readUndamaged(async () => {
      const bytes = await readFile(path).catch((error: unknown) => {
        throw this.#readError(key, error);
      });
      checkBytes({ uri: this.uri, key }, bytes, contentAddress(key));
      return bytes;
    });
  }

  async getStream(key: string, { sha256 = contentAddress(key) }: ReadOptions = {}): Promise<Readable> {
    const { file } = await this.#openFile(key);
    const stream = createReadStream("", { fd: file, highWaterMark: READ_BYTES });
    const source = sha256 === undefined ? stream : checkedStream({ uri: this.uri, key }, stream, sha256);
    return withTranslatedErrors(source, (error) => fromFileError(this.uri, key, error));
  }

  /** Where the digest is known all is read and checked before any of it is given out. */
  async open(key: string, { sha256 = contentAddress(key), checked = true }: OpenOptions = {}): Promise<ByteSource> {
    if (checked && sha256 !== undefined) {
      await readUndamaged(async () => {
        for await (const _chunk of await this.getStream(key, { sha256 }));
      });
    }
    const { file, size } = await this.#openFile(key);
    return new FileByteSource({ uri: this.uri, key, file, size });
  }

  async stat(key: string): Promise<{ readonly bytes: number } | undefined> {
    const path = this.#pathOf(key);
    try {
      const status = await stat(path);
      return status.isFile() ? { bytes: status.size } : undefined;
    } catch (error) {
      const translated = this.#readError(key, error);
      if (translated.code === "NOT_FOUND") return undefined;
      throw translated;
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    checkListPrefix(this.uri, prefix);
    try {
      yield* listFiles(this.#path, prefix);
    } catch (error) {
      throw fromFileError(this.uri, prefix, error);
    }
  }

  async delete(key: string): Promise<void> {
    const path = this.#pathOf(key);
    try {
      if (await this.stat(key)) await unlink(path);
    } catch (error) {
      const translated = this.#readError(key, error);
      if (translated.code !== "NOT_FOUND") throw translated;
    }
  }

  #pathOf(key: string): string {
    checkObjectKey(this.uri, key);
    return join(this.#path, key);
  }

  /** A folder is no object, and below an object there is none. */
  #readError(key: string, error: unknown): StoreError {
    const errno = (error as NodeJS.ErrnoException | undefined)?.code;
    const missing = errno === "EISDIR" || errno === "ENOTDIR";
    return fromFileError(this.uri, key, missing ? Object.assign(new Error(), { code: "ENOENT" }) : error);
  }

  async #openFile(key: string): Promise<{ readonly file: FileHandle; readonly size: number }> {
    const path = this.#pathOf(key);
    try {
      const file = await open(path, "r");
      const status = await file.stat();
      if (status.isFile()) return { file, size: status.size };
      await file.close();
    } catch (error) {
      throw this.#readError(key, error);
    }
    throw this.#readError(key, Object.assign(new Error(), { code: "ENOENT" }));
  }

  async #write(key: string, ifAbsent: boolean, fill: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = this.#pathOf(key);
    const temporary = join(this.#path, unfinishedPut());
    try {
      await makeFolder(dirname(path), OWNER_FOLDER);
      if (!swept.has(this.#path)) swept.set(this.#path, removeLeftPuts(this.#path));
      await swept.get(this.#path);
      const file = await open(temporary, "wx", OWNER_FILE);
      try {
        try {
          await fill(file);
          if (this.#sync) await file.sync();
        } finally {
          await file.close();
        }
        await this.#place(key, temporary, path, ifAbsent);
      } catch (error) {
        await unlink(temporary).catch(() => undefined);
        throw error;
      }
      if (this.#sync) await syncDirectory(dirname(path));
    } catch (error) {
      throw this.#writeError(key, error);
    }
  }

  async #place(key: string, temporary: string, path: string, ifAbsent: boolean): Promise<void> {
    const place = (from: string): Promise<void> =>
      ifAbsent ? this.#placeIfAbsent(key, from, path) : rename(from, path);
    try {
      await place(temporary);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
      // A folder of the store lies on another file system.
      const beside = join(dirname(path), unfinishedPut());
      try {
        await copyFile(temporary, beside);
        await place(beside);
      } catch (second) {
        await unlink(beside).catch(() => undefined);
        throw second;
      }
      await unlink(temporary);
    }
  }

  /** link(2) fails where the name is taken, atomically, on local and network file systems alike. */
  async #placeIfAbsent(key: string, temporary: string, path: string): Promise<void> {
    try {
      await link(temporary, path);
    } catch (error) {
      const errno = (error as NodeJS.ErrnoException).code;
      if (errno === "EEXIST") {
        const taken = (await stat(path).catch(() => undefined))?.isDirectory() === true;
        if (taken) throw Object.assign(new Error(), { code: "EISDIR" });
        throw new StoreError({
          code: "ALREADY_EXISTS",
          uri: this.uri,
          key,
          problem: "there is such an object already",
        });
      }
      if (errno === "EPERM" || errno === "ENOTSUP" || errno === "EOPNOTSUPP" || errno === "ENOSYS") {
        const problem = `the file system has no hard links, which checkpoints need; choose another store (${errno})`;
        throw new StoreError({ code: "UNSUPPORTED", uri: this.uri, key, problem, cause: error });
      }
      throw error;
    }
    await unlink(temporary);
  }

  /** mkdir says EEXIST where a file stands in the place of the last directory, ENOTDIR where it does further up. */
  #writeError(key: string, error: unknown): StoreError {
    const { code: errno, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
    if (errno === "ENOENT" && syscall === "mkdir") {
      const problem = `the folder ${path} cannot be made: this file system takes none; choose another store with --store (${errno})`;
      return new StoreError({ code: "UNSUPPORTED", uri: this.uri, key, problem, cause: error });
    }
    if (errno === "ENOENT") {
      const problem = "the file was removed while it was written; try again";
      return new StoreError({ code: "IO_ERROR", uri: this.uri, key, problem: `${problem} (${errno})`, cause: error });
    }
    return fromFileError(this.uri, key, errno === "EEXIST" ? Object.assign(new Error(), { code: "ENOTDIR" }) : error);
  }
}

/** Makes a rename or link survive a loss of power. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
