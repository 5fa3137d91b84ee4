import { describe, expect, it } from "vitest";
import { checkSampling } from "../../../models/onnx/generation.js";
import { sampleToken } from "../../../models/onnx/sample-token.js";
import { RandomStream } from "../../../swarm/random.js";

const DRAWS = 20_000;

/** How often each token is drawn, as a share. */
function shares(logits: Float32Array, settings: { temperature: number; topP: number }): number[] {
  const random = new RandomStream({ seed: 5, purpose: "sample-token" });
  const counts = new Array<number>(logits.length).fill(0);
  for (let draw = 0; draw < DRAWS; draw++) counts[sampleToken(logits, { ...settings, maxNewTokens: 1 }, random)]!++;
  return counts.map((count) => count / DRAWS);
}

describe("drawing a token", () => {
  // Probabilities 1/2, 1/4, 1/8, 1/8 at temperature 1.
  const logits = Float32Array.from([Math.log(2), Math.log(4), Math.log(1), Math.log(1)]);

  it("takes the most probable token at temperature 0", () => {
    expect(shares(logits, { temperature: 0, topP: 1 })).toEqual([0, 1, 0, 0]);
  });

  it("takes the first of equally probable tokens at temperature 0", () => {
    expect(shares(new Float32Array(3), { temperature: 0, topP: 1 })).toEqual([1, 0, 0]);
  });

  it("draws tokens in proportion to their probabilities", () => {
    const found = shares(logits, { temperature: 1, topP: 1 });
    for (const [token, share] of [0.25, 0.5, 0.125, 0.125].entries()) expect(found[token]).toBeCloseTo(share, 1.9);
  });

  it("sharpens the probabilities as their power 1 / temperature", () => {
    // Squares: 1/4, 1/16, 1/64, 1/64 over 22/64.
    const found = shares(logits, { temperature: 0.5, topP: 1 });
    for (const [token, share] of [4 / 22, 16 / 22, 1 / 22, 1 / 22].entries())
      expect(found[token]).toBeCloseTo(share, 1.9);
  });

  it("draws from the smallest set of tokens with probability topP", () => {
    expect(shares(logits, { temperature: 1, topP: 0.5 })).toEqual([0, 1, 0, 0]);
    const found = shares(logits, { temperature: 1, topP: 0.51 });
    expect(found[0]).toBeCloseTo(1 / 3, 1.9);
    expect(found[1]).toBeCloseTo(2 / 3, 1.9);
    expect(found.slice(2)).toEqual([0, 0]);
  });

  it.each([
    { temperature: -1, topP: 1, maxNewTokens: 1 },
    { temperature: Number.NaN, topP: 1, maxNewTokens: 1 },
    { temperature: 1, topP: 0, maxNewTokens: 1 },
    { temperature: 1, topP: 1.1, maxNewTokens: 1 },
    { temperature: 1, topP: 1, maxNewTokens: 0 },
    { temperature: 1, topP: 1, maxNewTokens: 1, stop: { text: "" } },
    { temperature: 1, topP: 1, maxNewTokens: 1, stop: { text: "a", count: 0 } },
  ])("refuses %o", (sampling) => {
    expect(() => checkSampling(sampling)).toThrow(expect.objectContaining({ code: "invalid-sampling" }));
  });
});
