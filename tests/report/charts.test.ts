import { compile } from "vega-lite";
import { describe, expect, it } from "vitest";
import { freshScoresChart } from "../../report/charts/fresh-scores.js";
import { kindBySizeChart } from "../../report/charts/kind-by-size.js";
import { particlePathsChart } from "../../report/charts/particle-paths.js";
import { scoreByIterationChart } from "../../report/charts/score-by-iteration.js";
import { scoreByRoundChart } from "../../report/charts/score-by-round.js";
import { scoresByCoefficientChart, scoresByRunChart } from "../../report/charts/searched-runs.js";
import { kindsChart, sizesChart } from "../../report/charts/shares.js";
import { stageSecondsChart } from "../../report/charts/stage-seconds.js";
import { takerPerformanceChart } from "../../report/charts/taker-performance.js";
import { trainingComparisonChart } from "../../report/charts/training-comparison.js";
import { windowAndHeldOutChart } from "../../report/charts/window-and-held-out.js";
import { compositionOf } from "../../report/composition.js";
import { renderSvg } from "../../report/render-svg.js";
import { WIDTHS } from "../../report/theme.js";
import { exampleAdversarial } from "./example-adversarial.js";
import { baselineResult } from "./example-baseline.js";
import { exampleReport, exampleResult } from "./example-report.js";
import { exampleSearch } from "./example-search.js";

const composition = compositionOf(exampleReport.generators);
const { byKind, bySize, kinds, sizes } = composition;
const performance = { taker: "novice", generator: "best", performance: 0.2, low: 0.1, high: 0.3 };

const charts = Object.values(WIDTHS).flatMap((width) => [
  { name: "fresh scores", width, spec: freshScoresChart(exampleResult, width) },
  { name: "score by iteration", width, spec: scoreByIterationChart(exampleResult, width) },
  { name: "score by round", width, spec: scoreByRoundChart(baselineResult, width) },
  { name: "particle paths", width, spec: particlePathsChart(exampleResult, width) },
  { name: "scores by run", width, spec: scoresByRunChart(exampleSearch, width) },
  { name: "scores by coefficient", width, spec: scoresByCoefficientChart(exampleSearch, width) },
  { name: "kinds", width, spec: kindsChart(byKind, kinds, width) },
  { name: "sizes", width, spec: sizesChart(bySize, sizes, width) },
  { name: "kind by size", width, spec: kindBySizeChart(composition, width) },
  { name: "training comparison", width, spec: trainingComparisonChart(exampleAdversarial, width) },
  { name: "window and held-out", width, spec: windowAndHeldOutChart(exampleAdversarial, width) },
  { name: "stage seconds", width, spec: stageSecondsChart(exampleResult.usage, width) },
  {
    name: "taker performance",
    width,
    spec: takerPerformanceChart([performance], { takers: ["novice"], generators: ["initial 0", "best"], width }),
  },
  {
    name: "taker performance of one",
    width,
    spec: takerPerformanceChart([performance], { takers: ["novice"], generators: ["best"], width }),
  },
]);

describe("charts", () => {
  it.each(charts)("$name at $width pixels compiles without a warning", ({ spec }) => {
    const warnings: unknown[] = [];
    const logger = {
      level: () => logger,
      error: (...all: readonly unknown[]) => (warnings.push(...all), logger),
      warn: (...all: readonly unknown[]) => (warnings.push(...all), logger),
      info: () => logger,
      debug: () => logger,
    };
    compile(spec, { logger });
    expect(warnings).toEqual([]);
  });

  it("break a particle's line where it has no score, and mark the place", async () => {
    const path = async (scores: readonly (number | null)[]): Promise<string> =>
      renderSvg(
        particlePathsChart(
          {
            ...exampleResult,
            best: null,
            iterations: scores.map((score, iteration) => ({ iteration, scores: [score], best: score, worst: score })),
          },
          WIDTHS.wide,
        ),
      );
    const crosses = (svg: string): number => svg.match(/M-[\d.]+,-[\d.]+L[\d.]+,[\d.]+M/g)?.length ?? 0;
    const lines = (svg: string): string[] =>
      svg.match(/d="M[\d.,L-]+(?:M[\d.,L-]+)*"[^>]*stroke="var\(--start\)"/g) ?? [];
    const whole = await path([0.1, 0.2, 0.3, 0.4, 0.5]);
    const broken = await path([0.1, 0.2, null, 0.4, 0.5]);
    expect([crosses(whole), crosses(broken)]).toEqual([0, 1]);
    expect(lines(whole).map((line) => line.match(/M/g)?.length)).toEqual([1]);
    expect(lines(broken).map((line) => line.match(/M/g)?.length)).toEqual([2]);
  });
});
