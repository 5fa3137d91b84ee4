import { parse, type ParserError } from "parse5";
import { describe, expect, it } from "vitest";
import { renderSummary } from "../../client/progress/summary.js";
import { adversarialSentences, leaderOf, strongestComparison, trainingName } from "../../report/adversarial.js";
import type { AdversarialResult } from "../../report/adversarial-result.js";
import { renderReport } from "../../report/render-report.js";
import { exampleAdversarial } from "./example-adversarial.js";
import { exampleReport, exampleResult } from "./example-report.js";

const text = (result: AdversarialResult): string => adversarialSentences(result).join(" ").replaceAll("\u00a0", " ");

/** The example where nothing but one comparison differs. */
function withPValue(training: string, pValuePaired: number): AdversarialResult {
  const comparisons = exampleAdversarial.comparisons.map((one) =>
    one.training === training ? { ...one, pValuePaired } : one,
  );
  return { ...exampleAdversarial, comparisons };
}

describe("the outcome of a swarm of test takers", () => {
  it("says who is best, how it did on the test, and what the strongest other way of learning gave", () => {
    expect(text(exampleAdversarial)).toContain("path-finder of iteration 5");
    expect(text(exampleAdversarial)).toContain("66.0 % (95 % interval 60.7 % to 71.3 %) of 300 test questions");
    expect(strongestComparison(exampleAdversarial)?.training).toBe("data-swarm");
    expect(text(exampleAdversarial)).toContain(
      "Of 6 other ways of learning the best, fine-tuning on optimised generators'",
    );
  });

  it("judges by the largest p-value: only who is above every one of the others is better than all", () => {
    expect(text(exampleAdversarial)).toContain("10.0 % above it, and significantly above all");
    expect(text(withPValue("dev-set", 0.2))).toContain("may be chance (largest one-tailed p = 0.200");
  });

  it("does not speak of a gain where there is none", () => {
    expect(text({ ...exampleAdversarial, relativeGain: -0.05 })).toContain("The swarm's taker is not above it.");
  });

  it("says how it stands to the takers as they were, and what the curves did", () => {
    // By hand: who has the highest window performance of each iteration.
    expect(exampleAdversarial.iterations.map(({ window }) => leaderOf(window))).toEqual([3, 3, 3, 1, 3, 1, 1, 1]);
    expect(text(exampleAdversarial)).toContain("generalist, gets 59.0 %");
    expect(text(exampleAdversarial)).toContain("from 60.0 % to 65.0 % on 200 held-out questions");
    expect(text(exampleAdversarial)).toContain("fell 3 times in 7 steps");
  });

  it("says nothing of comparisons where nothing is compared", () => {
    const alone = { ...exampleAdversarial, comparisons: [], relativeGain: null };
    expect(text(alone)).not.toContain("ways of learning");
  });
});

describe("a report with a swarm of test takers", () => {
  it("has a section of its own, with both pictures and every comparison, in valid markup", async () => {
    const errors: string[] = [];
    const page = await renderReport({
      ...exampleReport,
      result: { ...exampleResult, adversarial: exampleAdversarial },
    });
    parse(page, { onParseError: ({ code }: ParserError) => void errors.push(code) });
    expect(errors).toEqual([]);
    for (const id of ["training-comparison", "window-and-held-out"]) expect(page).toContain(`<figure id="${id}"`);
    for (const { training } of exampleAdversarial.comparisons) expect(page).toContain(trainingName(training));
    expect(page).toContain('href="#adversarial"');
  });

  it("has none where takers do not move", async () => {
    expect(await renderReport(exampleReport)).not.toContain('id="adversarial"');
  });
});

describe("the end of such a run in the terminal", () => {
  it("has a table of the test and says how to get the taker", () => {
    const result = { ...exampleResult, adversarial: exampleAdversarial };
    const summary = renderSummary(result, { color: false, reportAddress: "report.html" });
    expect(summary).toContain("best taker (path-finder, iteration 5)");
    expect(summary).toContain("optimised generators");
    expect(summary).toContain(`swarm best ${result.runId} --taker --out`);
  });
});
