import { describe, expect, it } from "vitest";
import { countLabels, type EncodedExample, examplesOfStep, padBatch } from "../../../models/onnx/training-batches.js";

const SETTINGS = { epochs: 2, batchSize: 4, learningRate: 1e-3, seed: 3 };

function example(length: number, labelsFrom: number): EncodedExample {
  return { tokens: Array.from({ length }, (_, index) => 10 + index), labelsFrom };
}

describe("batches of a training", () => {
  const examples = Array.from({ length: 10 }, (_, index) => index);
  const epoch = (first: number) => [0, 1, 2].flatMap((step) => examplesOfStep(examples, first + step, SETTINGS));

  it("has every example once in each epoch, in another order", () => {
    for (const first of [0, 3]) expect(epoch(first).sort((a, b) => a - b)).toEqual(examples);
    expect(epoch(0)).not.toEqual(epoch(3));
  });

  it("has a smaller last batch where the examples do not divide", () => {
    expect([0, 1, 2].map((step) => examplesOfStep(examples, step, SETTINGS).length)).toEqual([4, 4, 2]);
  });

  it("labels only the tokens after the prompt", () => {
    const [rows] = padBatch([example(3, 1), example(4, 3)], 0);
    expect(rows!.shape).toEqual([2, 4]);
    expect([...rows!.inputIds].map(Number)).toEqual([10, 11, 12, 13, 10, 11, 12, 0]);
    expect([...rows!.labels].map(Number)).toEqual([-100, -100, -100, 13, -100, 11, 12, -100]);
  });

  it("counts the labels that a token before them can predict", () => {
    expect(countLabels([example(3, 1), example(4, 3), example(5, 0)])).toBe(2 + 1 + 4);
  });

  it("cuts a batch into parts of like length that have all rows", () => {
    const lengths = [500, 20, 490, 30, 25, 480];
    const parts = padBatch(
      lengths.map((length) => example(length, 1)),
      0,
    );
    expect(parts.map(({ shape }) => shape)).toEqual([
      [2, 500],
      [2, 480],
      [2, 25],
    ]);
  });
});
