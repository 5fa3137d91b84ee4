import { describe, expect, it } from "vitest";
import { lengthOf, summariseLengths } from "../../report/question-lengths.js";
import { renderReport } from "../../report/render-report.js";
import { exampleReport } from "./example-report.js";

describe("how long questions are", () => {
  it("counts characters, not UTF-16 units or bytes", () => {
    expect(lengthOf("A→B? 𝒢 né")).toBe(9);
  });

  it("has quartiles as numpy.quantile gives them", () => {
    // np.quantile([30, 10, 100, 20], [0, .25, .5, .75, 1]) = [10, 17.5, 25, 47.5, 100]: as numbers, not as text, "100" is the longest.
    expect(summariseLengths([30, 10, 100, 20])).toEqual({
      questions: 4,
      shortest: 10,
      lowerQuartile: 17.5,
      median: 25,
      upperQuartile: 47.5,
      longest: 100,
    });
    expect(summariseLengths([])).toBeNull();
  });

  it("is shown of the strongest initial generator and of the best one", async () => {
    const generators = exampleReport.generators.map((one) => ({
      ...one,
      lengths: one.label === "best" ? [80, 90] : one.label === "initial-1" ? [30, 40, 60] : [1],
    }));
    const page = (await renderReport({ ...exampleReport, generators }))
      .replaceAll(/<[^>]+>|\s+/g, " ")
      .replaceAll(/ +/g, " ");
    expect(page).toContain("The median length went from 40 to 85 characters.");
    expect(page).toContain("initial 1 (strongest at start) 3 30 35 40 50 60 best generator 2 80 82.5 85 87.5 90");
  });

  it("is shown of domains that tell no kinds and sizes, and left out where there are no questions", async () => {
    const of = (lengths: readonly number[]) =>
      renderReport({
        ...exampleReport,
        generators: exampleReport.generators.map((one) => ({ ...one, questions: [], lengths })),
      });
    expect(await of([5])).toContain("Characters of the valid fresh questions");
    expect(await of([])).not.toContain("Characters of the valid fresh questions");
  });
});
