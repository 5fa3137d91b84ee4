/** The example of a run as the winner of a hyperparameter search of six runs, one of which has no score. */
import type { HyperparameterSearch, SearchedRun } from "../../report/hyperparameter-search.js";
import type { ReportData } from "../../report/report-data.js";
import { drawFromGrid, PAPER_GRID } from "../../swarm/parameter-grid.js";
import { exampleReport, exampleResult } from "./example-report.js";

const { best, runId } = exampleResult;
const id = (index: number): string => `${runId}-h0${index}`;

/** Searched and fresh score. */
const SCORES = [
  [0.585, 0.5425],
  [0.6, 0.5875],
  [0.64, 0.5775],
  [0.435, 0.41],
  [null, null],
  [0.64, 0.55],
] as const;

const runs = drawFromGrid(PAPER_GRID, { count: SCORES.length, seed: 1 }).map((coefficients, index): SearchedRun => {
  const [searched, score] = SCORES[index]!;
  const fresh = score === null ? null : { score, low: score - 0.0475, high: score + 0.0475, questions: 400 };
  return {
    runId: id(index),
    coefficients,
    searched,
    fresh: index === 2 ? best!.fresh : fresh,
    iterations: index === 3 ? 3 : 8,
    stoppedBecause: index === 3 ? "hopeless" : "max-iterations",
    seconds: 311.6 - 40 * index,
  };
});

export const exampleSearch: HyperparameterSearch = {
  runs,
  drawn: 8,
  winner: id(2),
  stoppedBecause: "budget",
};

export const searchReport: ReportData = {
  ...exampleReport,
  result: { ...exampleResult, best: { ...best!, runId: id(2) }, search: exampleSearch },
};
