import { readFlatAdapter } from "../adapters/flat.js";
import { storeFolder } from "../adapters/folder.js";
import type { Manifest } from "../models/onnx/manifest.js";
import type { Store } from "../store/store.js";

/** Adapters kept in memory; enough for all takers and the particles under way. */
const KEPT = 32;
const cache = new Map<string, Promise<Float32Array>>();

/** Reads an adapter as the vector that a bundle's graphs take. A folder's adapter never changes, so the latest are kept. */
export function readAdapter(store: Store, folder: string, manifest: Manifest): Promise<Float32Array> {
  const key = `${store.uri} ${folder}`;
  const known = cache.get(key);
  cache.delete(key);
  const read = known ?? readFlatAdapter(storeFolder(store, folder), manifest.lora);
  cache.set(key, read);
  read.catch(() => cache.delete(key));
  for (const oldest of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(oldest);
  }
  return read;
}
