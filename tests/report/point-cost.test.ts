import { describe, expect, it } from "vitest";
import { describePointCost, pointCost } from "../../report/point-cost.js";
import type { RunResult } from "../../report/result.js";
import { renderSummary } from "../../report/summary.js";
import { exampleAdversarial } from "./example-adversarial.js";
import { exampleResult } from "./example-report.js";

const withScore = (score: number | null): RunResult => ({
  ...exampleResult,
  best: { ...exampleResult.best!, fresh: { ...exampleResult.best!.fresh, score } },
});

describe("the cost of a point gained", () => {
  it("is all that the result took by the gain over the strongest initial generator", () => {
    // 0.5775 less 0.405 are 17.25 points; 9,240 questions and 2.4 + 61.2 + 88.7 + 142.3 + 9.6 + 1.1 + 6.3 = 311.6 seconds.
    const cost = pointCost(exampleResult)!;
    expect(cost.questions).toBeCloseTo(535.652, 3);
    expect(cost.seconds).toBeCloseTo(18.0638, 4);
    expect(describePointCost(exampleResult)).toBe(
      "536 questions and 18 s for each 0.01 above the strongest initial generator",
    );
    expect(renderSummary(exampleResult)).toContain("- Cost per point gained: 536 questions and 18 s");
  });

  it("counts what was taken from other runs", () => {
    const shared = { questions: 760, tokens: 0, calls: 0, seconds: { "fine-tune": 33.4 } };
    const cost = pointCost({ ...exampleResult, usage: { ...exampleResult.usage, shared } })!;
    // 10,000 questions and 345 seconds.
    expect(cost.questions).toBeCloseTo(579.71, 2);
    expect(cost.seconds).toBeCloseTo(20, 9);
  });

  it("is null without a gain, and not spoken of where there is nothing to count one from", () => {
    expect(pointCost(withScore(0.405))).toBeNull();
    expect(describePointCost(withScore(0.3))).toBe("no point was gained");
    expect(pointCost(withScore(null))).toBeNull();
    expect(describePointCost(withScore(null))).toBeUndefined();
    expect(describePointCost({ ...exampleResult, initial: [] })).toBeUndefined();
    expect(describePointCost({ ...exampleResult, adversarial: exampleAdversarial })).toBeUndefined();
  });
});
