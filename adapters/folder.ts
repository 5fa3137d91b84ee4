/** An adapter's folder, local or in a store: the PEFT layout's two files. */
import { access } from "node:fs/promises";
import { join } from "node:path";
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

/** @param prefix the folder's key without a final slash, such as `runs/x/iterations/0007/particles/03` */
export function storeFolder(store: Store, prefix: string): AdapterFolder {
  return {
    address: `${store.uri}/${prefix}`,
    open: (file) => store.open(`${prefix}/${file}`),
    has: async (file) => (await store.stat(`${prefix}/${file}`)) !== undefined,
    create: (file) => Promise.resolve(streamOutput((body) => store.putStream(`${prefix}/${file}`, body))),
  };
}
