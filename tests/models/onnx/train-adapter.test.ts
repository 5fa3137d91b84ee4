import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmbeddedModel } from "../../../models/onnx/embedded-model.js";
import type { TrainOptions } from "../../../models/onnx/model-options.js";
import type { PartProgress, TrainingExample, TrainingProgress, TrainingState } from "../../../models/onnx/training.js";
import { BUNDLES, goldenAdapter } from "./golden.js";

/** Written by python/golden_training.py: PEFT and torch.optim.AdamW on the same bundle. */
const GOLDEN = new URL("training.golden.json", import.meta.url);

interface Golden {
  readonly examples: readonly TrainingExample[];
  readonly settings: Omit<TrainOptions, "adapter">;
  readonly losses: readonly number[];
  readonly adapter: readonly number[];
}

const LETTERS = Array.from("ABCDEFGHIJKLMNOPQRS");
/** Completions that the prompts tell, of many lengths. */
const EXAMPLES: readonly TrainingExample[] = LETTERS.map((letter, index) => ({
  prompt: `Question: Roads ${letter}-X:1 X-Y:2.\nAnswer:`,
  completion: ` ${letter}`.repeat(1 + (index % 5)),
}));
const SETTINGS = { epochs: 3, batchSize: 8, learningRate: 5e-3, seed: 4 } as const;

let model: EmbeddedModel;
beforeAll(async () => {
  model = await EmbeddedModel.open(BUNDLES.tiny, { threads: 2 });
});
afterAll(() => model.close());

function bytes(state: TrainingState): string {
  return [state.adapter, state.firstMoment, state.secondMoment]
    .map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString("base64"))
    .join();
}

function train(options: Partial<TrainOptions> = {}, examples = EXAMPLES): Promise<TrainingState> {
  return model.train(examples, { ...SETTINGS, adapter: model.initialAdapter(7), ...options });
}

describe("training", () => {
  it("takes the same steps as PEFT with torch's AdamW", async () => {
    const golden = JSON.parse(await readFile(GOLDEN, "utf8")) as Golden;
    const losses: number[] = [];
    const { adapter, step } = await model.train(golden.examples, {
      ...golden.settings,
      adapter: goldenAdapter(model),
      onProgress: ({ loss }) => losses.push(loss),
    });
    expect(step).toBe(5);
    expect(losses).toHaveLength(golden.losses.length);
    for (const [index, loss] of losses.entries()) expect(loss).toBeCloseTo(golden.losses[index]!, 5);
    const differences = golden.adapter.map((value, index) => Math.abs(value - adapter[index]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it("lowers the loss", async () => {
    const progress: TrainingProgress[] = [];
    await train({ epochs: 8, onProgress: (step) => progress.push(step) });
    expect(progress.map(({ step }) => step)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(progress.every(({ steps }) => steps === 24)).toBe(true);
    expect(progress.at(-1)!.loss).toBeLessThan(0.8 * progress[0]!.loss);
  });

  it("gives the same bytes again, and others with another seed", async () => {
    const first = bytes(await train());
    expect(bytes(await train())).toBe(first);
    expect(bytes(await train({ seed: 5 }))).not.toBe(first);
  });

  it("ends with the same bytes when it goes on from any of its checkpoints", async () => {
    const checkpoints: TrainingState[] = [];
    const undisturbed = await train({ checkpointEvery: 2, onCheckpoint: (state) => checkpoints.push(state) });
    expect(checkpoints.map(({ step }) => step)).toEqual([2, 4, 6, 8]);
    for (const resumeFrom of checkpoints) expect(bytes(await train({ resumeFrom }))).toBe(bytes(undisturbed));
  });

  it("gives back the state of a finished training as it is", async () => {
    const finished = await train();
    expect(bytes(await train({ resumeFrom: finished }))).toBe(bytes(finished));
  });

  it("stops at the maximum number of steps", async () => {
    expect((await train({ maximumSteps: 2 })).step).toBe(2);
  });

  it("stops after a step when it is aborted", async () => {
    const controller = new AbortController();
    const steps: number[] = [];
    const training = train({
      epochs: 500,
      signal: controller.signal,
      onProgress: ({ step }) => {
        steps.push(step);
        controller.abort(new Error("enough"));
      },
    });
    await expect(training).rejects.toThrow("enough");
    expect(steps.length).toBeLessThan(100);
  });

  it("tells where it stands when it is aborted, and goes on from there to the same bytes", async () => {
    const controller = new AbortController();
    const checkpoints: TrainingState[] = [];
    const training = train({
      epochs: 20,
      checkpointEvery: 1000,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
      onCheckpoint: (state) => checkpoints.push(state),
    });
    await expect(training).rejects.toThrow("enough");
    const [stopped] = checkpoints;
    expect(checkpoints).toHaveLength(1);
    expect(stopped!.step).toBeGreaterThan(0);
    expect(bytes(await train({ epochs: 20, resumeFrom: stopped! }))).toBe(bytes(await train({ epochs: 20 })));
  });

  it("stops within a step whose batch is computed in parts, and counts the step as not done", async () => {
    const controller = new AbortController();
    const parts: PartProgress[] = [];
    const checkpoints: TrainingState[] = [];
    // As long as a run of the graph may be, each.
    const long = Array.from({ length: 800 }, (_, index) => ({ prompt: `${index}`, completion: " A".repeat(100) }));
    const training = train(
      {
        batchSize: long.length,
        signal: controller.signal,
        onPart: (progress) => {
          parts.push(progress);
          controller.abort(new Error("enough"));
        },
        onCheckpoint: (state) => checkpoints.push(state),
      },
      long,
    );
    await expect(training).rejects.toThrow("enough");
    expect(parts[0]).toMatchObject({ step: 0, part: 1 });
    expect(parts[0]!.parts).toBeGreaterThan(1);
    expect(checkpoints).toEqual([]);
  });

  it("is taken back where no thread has begun with it", async () => {
    const alone = await EmbeddedModel.open(BUNDLES.tiny, { threads: 1 });
    const controller = new AbortController();
    const start = { ...SETTINGS, adapter: alone.initialAdapter(7) };
    const loaded: string[] = [];
    const first = alone.train(EXAMPLES, { ...start, onLoading: (graph) => loaded.push(graph) });
    const second = alone.train(EXAMPLES, { ...start, epochs: 500, signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    await first;
    expect(loaded).toEqual(["train"]);
    await alone.close();
  });

  it("refuses an example that is longer than the context", async () => {
    const long = { prompt: "Q", completion: " A".repeat(300) };
    await expect(train({}, [...EXAMPLES, long])).rejects.toMatchObject({ name: "BundleError", code: "example-length" });
  });

  it.each([
    { epochs: 0 },
    { batchSize: 1.5 },
    { learningRate: 0 },
    { learningRate: Number.NaN },
    { warmUpShare: 2 },
    { weightDecay: -1 },
    { maximumSteps: 0 },
    { seed: -1 },
  ])("refuses %o", async (setting) => {
    await expect(train(setting)).rejects.toMatchObject({ code: "invalid-training" });
  });

  it("refuses to train on nothing", async () => {
    await expect(train({}, [])).rejects.toMatchObject({ code: "invalid-training" });
  });

  it("refuses a checkpoint of another model or of a longer training", async () => {
    const { adapter, firstMoment, secondMoment } = await train({ maximumSteps: 1 });
    const short = { step: 1, adapter, firstMoment: firstMoment.subarray(1), secondMoment };
    await expect(train({ resumeFrom: short })).rejects.toMatchObject({ code: "adapter-size" });
    const far = { step: 10, adapter, firstMoment, secondMoment };
    await expect(train({ resumeFrom: far })).rejects.toMatchObject({ code: "invalid-training" });
  });
});
