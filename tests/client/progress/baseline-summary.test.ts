import { describe, expect, it } from "vitest";
import { renderSummary } from "../../../client/progress/summary.js";
import { baselineResult, fixedReport, unscoredReport } from "../../report/example-baseline.js";

const options = { color: false, reportAddress: "report.html" };

describe("the command's summary of a baseline", () => {
  it("gives its score, that of unseen test takers, and the gap to what the search saw", () => {
    const text = renderSummary(baselineResult, options);
    expect(text).toContain("the baseline prompt-breeder, is done after 4 rounds");
    const cells = text
      .split("\n")
      .flatMap((line) => (line.includes("│") ? [line.split("│").map((one) => one.trim())] : []));
    expect(cells.slice(1).map((row) => row.slice(2, 6))).toEqual([
      ["0.357", "0.310", "0.405", "400"],
      ["0.290", "0.250", "0.335", "400"],
    ]);
    expect(text).toContain("0.410");
    expect(text).toContain("swarm sample");
    expect(text).not.toMatch(/generator|particle|swarm best/);
  });

  it("names the adapter where there is one", () => {
    expect(renderSummary({ ...baselineResult, method: "model-soup" }, options)).toContain("swarm best");
  });

  it("speaks of no rounds where there are none", () => {
    expect(renderSummary(fixedReport.result, options)).not.toContain("round");
  });

  it("says that there is no score", () => {
    const text = renderSummary(unscoredReport.result, options);
    expect(text).toContain("has no score");
    expect(text).not.toContain("swarm sample");
  });
});
