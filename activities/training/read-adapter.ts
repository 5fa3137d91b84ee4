import { readFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import type { Manifest } from "../../models/onnx/manifest.js";
import type { Store } from "../../store/store.js";
import { KeptReads } from "../sharing/kept-reads.js";

/** Enough for all takers and the particles under way. */
const kept = new KeptReads<Float32Array>(32);

/** Reads an adapter as the vector that a bundle's graphs take. A folder's adapter never changes, so the latest are kept. */
export function readAdapter(store: Store, folder: string, manifest: Manifest): Promise<Float32Array> {
  return kept.get(`${store.uri} ${folder}`, () => readFlatAdapter(storeFolder(store, folder), manifest.lora));
}
