/** A hand-made run of a baseline, as an activity would gather it. */
import type { ReportData } from "../../report/report-data.js";
import type { RunResult } from "../../report/result.js";
import { exampleReport, exampleResult } from "./example-report.js";

const SCORES = [0.3, 0.34, null, 0.41, 0.39] as const;

export const baselineResult: RunResult = {
  ...exampleResult,
  kind: "baseline",
  method: "prompt-breeder",
  iterations: SCORES.map((score, iteration) => {
    const soFar = SCORES.slice(0, iteration + 1).filter((one) => one !== null);
    const worst = SCORES.slice(0, iteration + 1).includes(null) ? null : Math.min(...soFar);
    return { iteration, scores: [score], best: Math.max(...soFar), worst };
  }),
  initial: [],
  best: {
    particle: 0,
    iteration: 3,
    searched: 0.41,
    fresh: { score: 0.3575, low: 0.31, high: 0.405, questions: 400 },
    validRate: 0.91,
    novelRate: 0.96,
    pValue: null,
    pValueAdjusted: null,
  },
  unseen: {
    takers: ["beginner", "engineer"],
    initial: [],
    best: { fresh: { score: 0.29, low: 0.25, high: 0.335, questions: 400 }, pValue: null, pValueAdjusted: null },
  },
};

const best = exampleReport.generators.filter(({ label }) => label === "best");

export const baselineReport: ReportData = {
  ...exampleReport,
  result: baselineResult,
  name: "breeder",
  settings: [
    ["seed", "1"],
    ["method", "prompt-breeder"],
    ["rounds", "4"],
  ],
  generators: best,
  seedQuestions: [
    { kind: "cycle", size: 4 },
    { kind: "cycle", size: 5 },
    { kind: "connectivity", size: 6 },
  ],
};

/** The same of a method that chooses nothing by grades. */
export const fixedReport: ReportData = {
  ...baselineReport,
  result: {
    ...baselineResult,
    method: "dev-set",
    iterations: [{ iteration: 0, scores: [0.3575], best: 0.3575, worst: 0.3575 }],
    best: baselineResult.best && { ...baselineResult.best, iteration: 0, searched: 0.3575 },
    unseen: null,
  },
};

export const unscoredReport: ReportData = {
  ...fixedReport,
  result: {
    ...fixedReport.result,
    method: "self-instruct",
    iterations: [{ iteration: 0, scores: [null], best: null, worst: null }],
    best: null,
  },
  generators: best.map((one) => ({ ...one, performance: {}, unseenPerformance: {}, examples: [] })),
};
