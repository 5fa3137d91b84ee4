import { describe, expect, it } from "vitest";
import { initialAdapter } from "../../../models/onnx/initial-adapter.js";

const LORA = {
  rank: 8,
  alpha: 16,
  targetModules: ["q_proj"],
  parameters: 8 * 100 + 50 * 8,
  tensors: [
    { name: "layer.lora_A.weight", shape: [8, 100], offset: 0 },
    { name: "layer.lora_B.weight", shape: [50, 8], offset: 800 },
  ],
} satisfies Parameters<typeof initialAdapter>[0];

describe("initial adapter", () => {
  const adapter = initialAdapter(LORA, 1);

  it("has B at zero, so that it changes nothing", () => {
    expect(adapter.subarray(800).every((value) => value === 0)).toBe(true);
  });

  it("has A uniform within 1 / sqrt(inputs), as PEFT", () => {
    const a = [...adapter.subarray(0, 800)];
    const mean = a.reduce((sum, value) => sum + value, 0) / a.length;
    const variance = a.reduce((sum, value) => sum + (value - mean) ** 2, 0) / a.length;
    expect(Math.max(...a.map(Math.abs))).toBeLessThanOrEqual(0.1);
    // A uniform distribution from -b to b has the variance b^2 / 3; five standard errors.
    expect(Math.abs(mean)).toBeLessThan(0.0102);
    expect(variance).toBeCloseTo(0.01 / 3, 3);
  });

  it("depends on the seed alone", () => {
    expect(initialAdapter(LORA, 1)).toEqual(adapter);
    expect(initialAdapter(LORA, 2)).not.toEqual(adapter);
  });
});
