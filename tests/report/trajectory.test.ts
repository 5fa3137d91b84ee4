import { describe, expect, it } from "vitest";
import type { RunResult } from "../../report/result.js";
import { scoreDomain } from "../../report/trajectory.js";
import { exampleResult } from "./example-report.js";

/** The example without a best generator, so that these scores are all there are. */
function withScores(...scores: readonly (number | null)[]): RunResult {
  return { ...exampleResult, best: null, iterations: [{ iteration: 0, scores, best: null, worst: null }] };
}

describe("the axis of scores", () => {
  it("has 8 % of their range as room on both sides", () => {
    const [low, high] = scoreDomain(withScores(0.5, 1, null));
    expect(low).toBeCloseTo(0.46, 12);
    expect(high).toBeCloseTo(1.04, 12);
  });

  it("does not go below 0 where no score does", () => {
    expect(scoreDomain(withScores(0.02, 0.8))[0]).toBe(0);
    expect(scoreDomain(withScores(-0.02, 0.8))[0]).toBeLessThan(-0.02);
  });

  it("has the fresh score on it too", () => {
    const { best } = exampleResult;
    const fresh = { ...best!.fresh, score: 0.99 };
    const [, high] = scoreDomain({ ...withScores(0.5), best: { ...best!, fresh } });
    expect(high).toBeGreaterThan(0.99);
  });

  it("is 0 to 1 where there is no score", () => {
    expect(scoreDomain(withScores(null, null))).toEqual([0, 1]);
  });
});
