import { beforeAll, describe, expect, it } from "vitest";
import { openBundle } from "../../../models/onnx/bundle.js";
import { Decoder, type PromptTokens } from "../../../models/onnx/decoder.js";
import type { CacheMemory } from "../../../models/onnx/key-value-cache.js";
import { OpenedModel } from "../../../models/onnx/opened-model.js";
import type { Tensors } from "../../../models/onnx/session.js";
import { BUNDLES } from "./golden.js";

const PREAMBLE = Array.from({ length: 40 }, (_, index) => 5 + ((index * 7) % 50));
/** Two with an opening in common, and others that are read whole: of many lengths, short and long. */
const PROMPTS: readonly PromptTokens[] = [
  { tokens: [...PREAMBLE, 11, 12, 13], opening: PREAMBLE.length },
  { tokens: [...PREAMBLE, ...PREAMBLE, 14], opening: PREAMBLE.length },
  { tokens: [9, ...PREAMBLE, ...PREAMBLE, ...PREAMBLE, ...PREAMBLE], opening: 0 },
  { tokens: [9, ...PREAMBLE], opening: 0 },
  { tokens: [7, 8, 9, 10, 11], opening: 0 },
  { tokens: [7, 8], opening: 1 },
  { tokens: [7, 8], opening: 0 },
  { tokens: [7], opening: 0 },
];
const STEPS = 70;

describe("decoding", () => {
  let model: OpenedModel;
  let adapter: Tensors;
  beforeAll(async () => {
    model = await OpenedModel.open(await openBundle(BUNDLES.tiny));
    const { parameters } = model.bundle.manifest.lora;
    adapter = await model.prepareAdapter(Float32Array.from({ length: parameters }, (_, index) => Math.sin(index) / 20));
  });

  /** Logits after each prompt and each of `STEPS` more tokens, which are the same for all. */
  async function logits(prompts: readonly PromptTokens[], memory: CacheMemory = new Map()): Promise<Float32Array[][]> {
    const [prefill, decode] = [await model.session("prefill"), await model.session("decode")];
    const { manifest } = model.bundle;
    const decoder = new Decoder({ prefill, decode, manifest, adapter, rows: prompts.length, memory });
    const results = (await decoder.start(prompts)).map((values) => [values]);
    for (let step = 0; step < STEPS; step++) {
      const next = await decoder.step(prompts.map(() => 20 + (step % 30)));
      for (const [row, values] of next.entries()) results[row]!.push(values);
    }
    return results;
  }

  it("gives a sequence the same bits alone and beside others, as the cache grows", async () => {
    const together = await logits(PROMPTS);
    for (const [row, prompt] of PROMPTS.entries()) expect(await logits([prompt])).toEqual([together[row]]);
  });

  it("gives the same numbers for a text whether it is read or written", async () => {
    const { tokens, opening } = PROMPTS[0]!;
    const [[, afterOne]] = (await logits([{ tokens, opening }])) as [Float32Array[]];
    for (const apart of [0, opening]) {
      const [[read]] = (await logits([{ tokens: [...tokens, 20], opening: apart }])) as [Float32Array[]];
      for (const [token, value] of read!.entries()) expect(afterOne![token]).toBeCloseTo(value, 4);
    }
  });

  it("does not see what an earlier cache left in its memory", async () => {
    const memory: CacheMemory = new Map();
    const fresh = await logits(PROMPTS, memory);
    for (const buffer of memory.values()) buffer.fill(Number.NaN);
    expect(await logits(PROMPTS, memory)).toEqual(fresh);
  });
});
