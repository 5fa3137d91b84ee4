import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { learningRate } from "../../../models/onnx/learning-rate.js";
import type { TrainingSettings } from "../../../models/onnx/training.js";

const SETTINGS: TrainingSettings = { epochs: 1, batchSize: 1, learningRate: 0.5, seed: 0 };

function rates(steps: number, settings: Partial<TrainingSettings>): number[] {
  return Array.from({ length: steps }, (_, step) => learningRate(step, steps, { ...SETTINGS, ...settings }));
}

describe("learning rate", () => {
  it("equals transformers' cosine schedule with warm-up", async () => {
    const golden = JSON.parse(await readFile(new URL("training.golden.json", import.meta.url), "utf8")) as {
      settings: TrainingSettings;
      learningRates: number[];
    };
    const { length } = golden.learningRates;
    expect(rates(length, golden.settings)).toEqual(
      golden.learningRates.map((rate): unknown => expect.closeTo(rate, 12)),
    );
  });

  it("falls linearly where nothing else is said", () => {
    expect(rates(5, {})).toEqual([0.5, 0.4, 0.3, 0.2, 0.1].map((rate): unknown => expect.closeTo(rate, 12)));
  });

  it("rises from zero in the warm-up, then stays constant where told", () => {
    expect(rates(6, { schedule: "constant", warmUpShare: 1 / 3 })).toEqual([0, 0.25, 0.5, 0.5, 0.5, 0.5]);
  });
});
