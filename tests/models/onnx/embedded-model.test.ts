import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmbeddedModel } from "../../../models/onnx/embedded-model.js";
import type { GenerationRequest, Sampling } from "../../../models/onnx/generation.js";
import { BUNDLES, type Golden, goldenAdapter, readGolden } from "./golden.js";

const WARM: Sampling = { temperature: 0.9, topP: 0.95, maxNewTokens: 24 };

function requests(prompts: readonly string[], seed = 1): GenerationRequest[] {
  return prompts.map((prompt, particle) => ({ prompt, random: { seed, purpose: "test", particle } }));
}

describe.each(["tiny", "small"] as const)("the %s bundle against transformers and PEFT", (name) => {
  let model: EmbeddedModel;
  let golden: Golden;
  beforeAll(async () => {
    model = await EmbeddedModel.open(BUNDLES[name], { threads: 1 });
    golden = await readGolden(name);
  });
  afterAll(() => model.close());

  it("is the bundle that the golden file was written for", () => {
    expect(golden.baseSha256, "run python/golden_onnx.py again").toBe(model.manifest.baseSha256);
  });

  it.each(["base", "adapter"] as const)("decodes greedily to the same tokens (%s)", async (kind) => {
    const adapter = kind === "adapter" ? { adapter: goldenAdapter(model) } : {};
    for (const { prompt, text, tokens } of golden[kind].answers) {
      const sampling = { temperature: 0, topP: 1, maxNewTokens: tokens.length };
      const [generation] = await model.generate(requests([prompt]), { ...adapter, sampling });
      expect(generation, prompt).toMatchObject({ text, generatedTokens: tokens.length });
    }
  });

  it.each(["base", "adapter"] as const)("embeds texts as the mean of their last hidden states (%s)", async (kind) => {
    const options = kind === "adapter" ? { adapter: goldenAdapter(model) } : {};
    const found = await model.embed(
      golden.encodings.map(({ text }) => text),
      options,
    );
    for (const [text, expected] of golden[kind].embeddings.entries()) {
      for (const [index, value] of expected.entries()) expect(found[text]![index]).toBeCloseTo(value, 4);
    }
  });
});

describe("generating", () => {
  let model: EmbeddedModel;
  beforeAll(async () => {
    model = await EmbeddedModel.open(BUNDLES.tiny, { threads: 2 });
  });
  afterAll(() => model.close());

  // More than a batch holds, of different lengths, so that rows are refilled and the cache grows; some have an opening in common.
  const many = requests(
    Array.from({ length: 90 }, (_, index) => "In the graph A-B B-C ".repeat(1 + (index % 7)) + String(index)),
  ).map((request, index) => (index % 3 === 0 ? { ...request, opening: "In the graph A-B B-C " } : request));

  it("gives equal results for equal requests", async () => {
    expect(await model.generate(many, { sampling: WARM })).toEqual(await model.generate(many, { sampling: WARM }));
  });

  it("gives a request the same result alone, in a batch and in another order", async () => {
    const together = await model.generate(many, { sampling: WARM });
    const reversed = await model.generate(many.toReversed(), { sampling: WARM });
    expect(reversed.toReversed()).toEqual(together);
    for (const index of [0, 6, 41, 89]) {
      expect(await model.generate([many[index]!], { sampling: WARM })).toEqual([together[index]]);
    }
  });

  it("gives the same results with one thread", async () => {
    const single = await EmbeddedModel.open(BUNDLES.tiny, { threads: 1 });
    expect(await single.generate(many, { sampling: WARM })).toEqual(await model.generate(many, { sampling: WARM }));
    await single.close();
  });

  it("draws other tokens for another random key", async () => {
    const prompts = many.map(({ prompt }) => prompt);
    const first = await model.generate(requests(prompts, 1), { sampling: WARM });
    const second = await model.generate(requests(prompts, 2), { sampling: WARM });
    expect(first.map(({ text }) => text)).not.toEqual(second.map(({ text }) => text));
  });

  it("writes otherwise with an adapter", async () => {
    const sampling = { ...WARM, temperature: 0 };
    const plain = await model.generate(many, { sampling });
    const adapted = await model.generate(many, { sampling, adapter: goldenAdapter(model) });
    expect(adapted.map(({ text }) => text)).not.toEqual(plain.map(({ text }) => text));
  });

  it("ends a text before the stopping text's last wanted occurrence", async () => {
    const free = await model.generate(many, { sampling: { ...WARM, maxNewTokens: 40 } });
    const stopped = await model.generate(many, {
      sampling: { ...WARM, maxNewTokens: 40, stop: { text: "A", count: 2 } },
    });
    let stops = 0;
    for (const [index, { text, finish }] of stopped.entries()) {
      const pieces = free[index]!.text.split("A");
      if (pieces.length > 2) {
        stops++;
        expect({ text, finish }).toEqual({ text: pieces.slice(0, 2).join("A"), finish: "stop" });
      } else expect(stopped[index]).toEqual(free[index]);
    }
    expect(stops).toBeGreaterThan(0);
  });

  it("stops at the end of the model's context", async () => {
    const { context } = model.manifest;
    const [generation] = await model.generate(requests(["A ".repeat(context / 2 - 4)]), {
      sampling: { ...WARM, maxNewTokens: context },
    });
    expect(generation!.promptTokens + generation!.generatedTokens).toBeLessThanOrEqual(context + 1);
  });

  it("refuses a prompt that is longer than the context", async () => {
    const long = requests(["A ".repeat(model.manifest.context)]);
    await expect(model.generate(long, { sampling: WARM })).rejects.toMatchObject({ code: "prompt-length" });
  });

  it("refuses an adapter of another size", async () => {
    const adapter = new Float32Array(3);
    await expect(model.generate(many, { sampling: WARM, adapter })).rejects.toMatchObject({ code: "adapter-size" });
    await expect(model.embed(["A"], { adapter })).rejects.toMatchObject({ code: "adapter-size" });
  });

  it("tells how many requests are done", async () => {
    const seen: number[] = [];
    await model.generate(many, { sampling: WARM, onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual(many.map((_, index) => index + 1));
  });

  it("stops with the signal's reason and works on afterwards", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const running = model.generate(many, {
      sampling: WARM,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
    expect(await model.generate([many[0]!], { sampling: WARM })).toHaveLength(1);
  });

  it("embeds in batches: tells each, and stops between two", async () => {
    const texts = Array.from({ length: 600 }, (_, index) => `${"A ".repeat(100)}${index}`);
    const controller = new AbortController();
    const seen: number[] = [];
    const embedding = model.embed(texts, {
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        seen.push(done);
        expect(total).toBe(texts.length);
        controller.abort(new Error("enough"));
      },
    });
    await expect(embedding).rejects.toThrow("enough");
    expect(seen[0]).toBeGreaterThan(0);
    expect(seen.at(-1)).toBeLessThan(texts.length);
  });

  it("answers an empty list", async () => {
    expect(await model.generate([], { sampling: WARM })).toEqual([]);
    expect(await model.embed([])).toEqual([]);
  });

  it("fails what is asked for after it was closed", async () => {
    const closed = await EmbeddedModel.open(BUNDLES.tiny, { threads: 1 });
    const running = expect(closed.generate(many, { sampling: WARM })).rejects.toMatchObject({ code: "closed" });
    await closed.close();
    await running;
    await expect(closed.embed(["A"])).rejects.toMatchObject({ code: "closed" });
  });
});
