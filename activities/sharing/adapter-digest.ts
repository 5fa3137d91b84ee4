import { sha256Hex } from "../../store/byte-stream.js";

const digests = new WeakMap<Float32Array, string>();

/**
 * Names an adapter by the numbers that the model is given. The model reads them anyway, so no file is read for it, and it does
 * not matter who wrote the adapter, nor where it was copied to. Computed once for each adapter in memory.
 */
export function adapterDigest(adapter: Float32Array): string {
  const known = digests.get(adapter);
  if (known !== undefined) return known;
  const digest = sha256Hex(new Uint8Array(adapter.buffer, adapter.byteOffset, adapter.byteLength));
  digests.set(adapter, digest);
  return digest;
}
