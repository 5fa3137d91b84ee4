import { describe, expect, it } from "vitest";
import { headlineOf, outcomeSentences } from "../../report/headline.js";
import type { BestResult, RunResult } from "../../report/result.js";
import { renderSummary } from "../../report/summary.js";
import { exampleResult } from "./example-report.js";

/** The example with another best generator. */
function withBest(change: Partial<BestResult>): RunResult {
  if (exampleResult.best === null) throw new Error("the example has a best generator");
  return { ...exampleResult, best: { ...exampleResult.best, ...change } };
}

const fresh = (score: number) => ({ score, low: score - 0.05, high: score + 0.05, questions: 400 });

describe("headlineOf", () => {
  it("compares with the strongest initial generator", () => {
    const { strongest, gain, flattery, verdict } = headlineOf(exampleResult);
    expect(strongest?.particle).toBe(1);
    expect(gain).toBeCloseTo(0.5775 - 0.405, 12);
    expect(flattery).toBeCloseTo(0.64 - 0.5775, 12);
    expect(verdict).toBe("won");
  });

  it("judges by the adjusted p-value where there is one", () => {
    expect(headlineOf(withBest({ pValue: 0.03, pValueAdjusted: 0.12 })).verdict).toBe("undecided");
    expect(headlineOf(withBest({ pValue: 0.03, pValueAdjusted: null })).verdict).toBe("won");
  });

  it("claims nothing of a difference that was not tested, is not there or cannot be measured", () => {
    expect(headlineOf(withBest({ pValue: null, pValueAdjusted: null })).verdict).toBe("undecided");
    expect(headlineOf(withBest({ fresh: fresh(0.405) })).verdict).toBe("lost");
    expect(headlineOf({ ...exampleResult, best: null }).verdict).toBe("unmeasured");
    expect(headlineOf({ ...exampleResult, initial: [] }).verdict).toBe("unmeasured");
  });
});

describe("outcomeSentences", () => {
  it.each([
    [0.002, "is statistically significant ("],
    [0.03, "at the 5 % level but not at the 1 % level"],
    [0.2, "is not statistically significant"],
  ])("says how sure p = %s makes it", (pValueAdjusted, words) => {
    expect(outcomeSentences(withBest({ pValueAdjusted })).join(" ")).toContain(words);
  });
});

describe("renderSummary", () => {
  it("gives the same figures as a Markdown table", () => {
    const lines = renderSummary({ ...exampleResult, unseen: null }).split("\n");
    expect(lines).toContain("| best (particle 1, iteration 6) | 0.578 | 0.530 to 0.625 | 400 |");
    expect(lines.filter((line) => line.startsWith("| initial"))).toHaveLength(4);
  });

  it("says so where there is no best generator", () => {
    expect(renderSummary({ ...exampleResult, best: null })).toContain("No generator ever had a score");
  });
});
