import { describe, expect, it } from "vitest";
import { renderReport } from "../../report/render-report.js";
import { scoresByCoefficientChart, scoresByRunChart } from "../../report/charts/searched-runs.js";
import { renderSvg } from "../../report/render-svg.js";
import { searchSentences } from "../../report/searched-runs.js";
import { renderSummary } from "../../report/summary.js";
import { WIDTHS } from "../../report/theme.js";
import { exampleReport } from "./example-report.js";
import { exampleSearch, searchReport } from "./example-search.js";

/** Ids of the sections in the order of the page. */
function sections(page: string): string[] {
  return [...page.matchAll(/<h2 id="([a-z-]+)"/g)].map(([, id]) => id as string);
}

describe("the report of a hyperparameter search", () => {
  it("has a section on its runs before the numbers, which that of one run has not", async () => {
    const [searched, plain] = await Promise.all([renderReport(searchReport), renderReport(exampleReport)]);
    expect(sections(searched).slice(-2)).toEqual(["hyperparameters", "numbers"]);
    expect(searched).toContain('<a href="#hyperparameters">');
    for (const { runId } of exampleSearch.runs) expect(searched).toContain(runId);
    expect(sections(plain)).not.toContain("hyperparameters");
  });

  it("shows the runs with the highest searched score on top, and draws none for one without a score", async () => {
    const svg = await renderSvg(scoresByRunChart(exampleSearch, WIDTHS.wide));
    const names = [...svg.matchAll(/>(h0\d(?: \(winner\))?)</g)].map(([, name]) => name);
    // Of equals the one that was drawn first, as in the choice of the winner.
    expect(names).toEqual(["h02 (winner)", "h05", "h01", "h00", "h03", "h04"]);
    expect(svg).not.toContain("NaN");
    const panels = await renderSvg(scoresByCoefficientChart(exampleSearch, WIDTHS.narrow));
    for (const symbol of ["φ_v", "φ_p", "φ_g", "φ_w", "λ"]) expect(panels).toContain(symbol);
    expect(panels).not.toContain("NaN");
  });
});

describe("a hyperparameter search in words", () => {
  it("says who won by what, what the choice does not flatter, and what was left undone", () => {
    const [won, ...others] = searchSentences(exampleSearch);
    expect(won).toContain("graphs-nightly-2031-h02");
    expect(won).toContain("0.640");
    expect(others).toEqual([
      expect.stringContaining("no part in the choice"),
      expect.stringMatching(/h01, 0\.588/),
      expect.stringContaining("1 of the runs ended early"),
      expect.stringMatching(/6 of 8 runs.*budget/),
    ]);
  });

  it("says no more than there is to say", () => {
    const [first] = exampleSearch.runs;
    const alone = { runs: [first!], drawn: 1, winner: first!.runId, stoppedBecause: "all-runs" } as const;
    expect(searchSentences(alone)).toHaveLength(2);
    expect(renderSummary(searchReport.result)).toContain("h02");
  });
});
