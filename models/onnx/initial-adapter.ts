import { RandomStream } from "../../swarm/random.js";
import type { Manifest } from "./manifest.js";

/**
 * An untrained adapter: B is zero and A uniform within 1 / sqrt(inputs), as PEFT initialises (Kaiming, a = sqrt(5)).
 *
 * All generators of a run start from the same seed: A and B are moved apart from each other, and only adapters with a common
 * start may be mixed that way.
 *
 * @returns shape (parameters)
 */
export function initialAdapter(lora: Manifest["lora"], seed: number): Float32Array {
  const random = new RandomStream({ seed, purpose: "lora-initialisation" });
  const adapter = new Float32Array(lora.parameters);
  for (const { name, shape, offset } of lora.tensors) {
    if (!name.endsWith(".lora_A.weight")) continue;
    const bound = 1 / Math.sqrt(shape[1]);
    for (let index = offset; index < offset + shape[0] * shape[1]; index++) {
      adapter[index] = bound * (2 * random.uniform() - 1);
    }
  }
  return adapter;
}
