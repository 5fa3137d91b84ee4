import { createReadStream } from "node:fs";
import { join } from "node:path";
import { localFolder, CONFIG_FILE, WEIGHTS_FILE } from "../adapters/folder.js";
import { DigestedStream, sha256Hex } from "../store/byte-stream.js";
import { keys } from "../store/keys.js";
import { digestKey, digestLine } from "../store/recorded-digest.js";
import type { ArtifactRef, Store } from "../store/store.js";

/** Writes to a store that can be taken back as long as the run they are for has not been laid out whole. */
export class StagedWrites {
  readonly store: Store;
  readonly #written: string[] = [];

  constructor(store: Store) {
    this.store = store;
  }

  async put(key: string, body: string): Promise<ArtifactRef> {
    if ((await this.store.stat(key)) === undefined) this.#written.push(key);
    return this.store.put(key, body);
  }

  /** Content-addressed: what is there already is not written, and not taken back either. */
  async artifact(body: string): Promise<ArtifactRef> {
    const sha256 = sha256Hex(body);
    const reference = { key: keys.artifact(sha256), sha256, bytes: Buffer.byteLength(body) };
    if ((await this.store.stat(reference.key))?.bytes === reference.bytes) return reference;
    return this.put(reference.key, body);
  }

  /** A local adapter folder under the digest of its weights and configuration; gives the folder's key. */
  async adapter(path: string): Promise<string> {
    const read = (): AsyncIterable<Uint8Array> => createReadStream(join(path, WEIGHTS_FILE));
    const digested = new DigestedStream(read());
    for await (const _chunk of digested);
    const { sha256, bytes } = digested.digest();
    const config = await readText(path);
    const folder = keys.artifact(sha256Hex(`${sha256} ${sha256Hex(config)}`));
    const weights = keys.adapterModel(folder);
    if ((await this.store.stat(weights))?.bytes !== bytes) await this.stream(weights, read());
    const record = digestKey(weights);
    if ((await this.store.stat(record)) === undefined) await this.put(record, digestLine(weights, sha256));
    if ((await this.store.stat(keys.adapterConfig(folder))) === undefined) {
      await this.put(keys.adapterConfig(folder), config);
    }
    return folder;
  }

  async stream(key: string, body: AsyncIterable<Uint8Array>): Promise<ArtifactRef> {
    if ((await this.store.stat(key)) === undefined) this.#written.push(key);
    return this.store.putStream(key, body);
  }

  /** Removes what was written, the latest first. A store that fails at that too keeps what it cannot give up. */
  async undo(): Promise<void> {
    for (const key of this.#written.reverse()) await this.store.delete(key).catch(() => undefined);
    this.#written.length = 0;
  }
}

async function readText(path: string): Promise<string> {
  const source = await localFolder(path).open(CONFIG_FILE);
  try {
    return new TextDecoder().decode(await source.read(0, source.size));
  } finally {
    await source.close();
  }
}
