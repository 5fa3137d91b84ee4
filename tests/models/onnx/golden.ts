/** What transformers, PEFT and tokenizers said about a bundle; written by python/golden_onnx.py. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { EmbeddedModel } from "../../../models/onnx/embedded-model.js";

const modelSchema = z.object({
  answers: z.array(z.object({ prompt: z.string(), tokens: z.array(z.number()), text: z.string() })),
  embeddings: z.array(z.array(z.number())),
});

const goldenSchema = z.object({
  baseSha256: z.string(),
  encodings: z.array(z.object({ text: z.string(), ids: z.array(z.number()) })),
  base: modelSchema,
  adapter: modelSchema,
});
export type Golden = z.infer<typeof goldenSchema>;

/** Bundles with golden files: one of random weights, and the product's own. */
export const BUNDLES = {
  tiny: fileURLToPath(new URL("../../fixtures/tiny-bundle", import.meta.url)),
  small: fileURLToPath(new URL("../../../fixtures/models/small", import.meta.url)),
};

export async function readGolden(bundle: keyof typeof BUNDLES): Promise<Golden> {
  return goldenSchema.parse(JSON.parse(await readFile(new URL(`./${bundle}.golden.json`, import.meta.url), "utf8")));
}

/** The adapter that python/golden_onnx.py used: the same numbers by the same formula. */
export function goldenAdapter(model: EmbeddedModel): Float32Array {
  const { parameters } = model.manifest.lora;
  return Float32Array.from({ length: parameters }, (_, index) => (((index * 7919) % 2001) - 1000) / 20000);
}
