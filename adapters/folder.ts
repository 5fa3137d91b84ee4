/** An adapter's folder, local or in a store: the PEFT layout's two files. */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { putRecorded, recordedDigest } from "../store/recorded-digest.js";
import type { ByteSource, Store } from "../store/store.js";
import { openFile } from "./byte-source.js";
import { localOutput, streamOutput, type OutputFile } from "./output.js";

export const CONFIG_FILE = "adapter_config.json";
export const WEIGHTS_FILE = "adapter_model.safetensors";

export interface AdapterFolder {
  /** Path or key prefix: names the folder in errors, and equal addresses are the same folder. */
  readonly address: string;
  open(file: string): Promise<ByteSource>;
  has(file: string): Promise<boolean>;
  /** Starts a file; an existing one is replaced when the new one is whole. */
  create(file: string): Promise<OutputFile>;
}

export function localFolder(path: string): AdapterFolder {
  return {
    address: path,
    open: (file) => openFile(join(path, file)),
    has: (file) =>
      access(join(path, file)).then(
        () => true,
        () => false,
      ),
    create: (file) => localOutput(join(path, file)),
  };
}

/**
 * Weights are written with their digest beside them, and checked against it where it is there.
 *
 * @param prefix the folder's key without a final slash, such as `runs/x/iterations/0007/particles/03`
 */
export function storeFolder(store: Store, prefix: string): AdapterFolder {
  return {
    address: `${store.uri}/${prefix}`,
    open: async (file) => {
      const key = `${prefix}/${file}`;
      return store.open(key, file === WEIGHTS_FILE ? { sha256: await recordedDigest(store, key) } : {});
    },
    has: async (file) => (await store.stat(`${prefix}/${file}`)) !== undefined,
    create: (file) => {
      const key = `${prefix}/${file}`;
      return Promise.resolve(
        streamOutput((body) => (file === WEIGHTS_FILE ? putRecorded(store, key, body) : store.putStream(key, body))),
      );
    },
  };
}
