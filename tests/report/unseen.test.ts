import { describe, expect, it } from "vitest";
import type { RunResult, UnseenResult } from "../../report/result.js";
import { renderSummary } from "../../report/summary.js";
import { unseenSentences } from "../../report/unseen.js";
import { exampleResult } from "./example-report.js";

function withUnseen(change: Partial<UnseenResult>): RunResult {
  if (exampleResult.unseen === null) throw new Error("the example has unseen takers");
  return { ...exampleResult, unseen: { ...exampleResult.unseen, ...change } };
}

const NO_SCORE = { score: null, low: null, high: null, questions: 0 };

describe("the figure of the unseen test takers", () => {
  it("names the takers, and compares with the initial generator that is strongest on them", () => {
    const [found, significance] = unseenSentences(exampleResult);
    expect(found).toContain("beginner, engineer");
    // Particle 1 is the strongest on the search's own takers.
    expect(found).toContain("particle 3");
    expect(found).toContain("0.463");
    expect(significance).toContain("+0.120");
    expect(significance).toContain("p < 0.001");
  });

  it("is not there where the run has none", () => {
    expect(unseenSentences({ ...exampleResult, unseen: null })).toEqual([]);
    expect(renderSummary({ ...exampleResult, unseen: null })).not.toContain("unseen");
  });

  it("claims nothing where there is nothing to measure or to compare with", () => {
    expect(unseenSentences(withUnseen({ best: null }))).toHaveLength(1);
    const nothing = { fresh: NO_SCORE, pValue: null, pValueAdjusted: null };
    expect(unseenSentences(withUnseen({ best: nothing }))).toHaveLength(1);
    expect(unseenSentences(withUnseen({ initial: [{ particle: 0, fresh: NO_SCORE }] }))).toHaveLength(1);
  });

  it("has a table of its own in the Markdown summary", () => {
    const lines = renderSummary(exampleResult).split("\n");
    const at = lines.indexOf("| generator | score on unseen test takers | 95 % interval | questions |");
    expect(lines.slice(at + 2, at + 4)).toEqual([
      "| best | 0.463 | 0.415 to 0.510 | 400 |",
      "| initial 0 | 0.273 | 0.230 to 0.318 | 400 |",
    ]);
  });
});
