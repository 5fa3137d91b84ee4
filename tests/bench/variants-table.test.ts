import { expect, it } from "vitest";
import { compareSwarms } from "../../bench/results/against-baselines.js";
import type { FinishedRun } from "../../bench/results/finished-runs.js";
import { variantsTable } from "../../bench/results/variants-table.js";
import { exampleResult } from "../report/example-report.js";

/** A finished run of a variant, of which tables read no more than this. */
function finished(method: string, seed: number, score: number | null): FinishedRun {
  const best = { ...exampleResult.best!, fresh: { score, low: null, high: null, questions: score === null ? 0 : 200 } };
  return {
    id: `options-graphs-difficult-${method}-${seed}`,
    method,
    config: { domain: "graphs", objective: "difficult", seed },
    result: { ...exampleResult, best },
    compared: {} as FinishedRun["compared"],
  };
}

const runs = [
  finished("data-swarm", 1, 0.2),
  finished("data-swarm", 2, 0.4),
  finished("data-swarm", 3, 0.9),
  finished("data-swarm-delta", 1, 0.35),
  finished("data-swarm-delta", 2, null),
];

it("variants are compared on the repeats that all of them have", () => {
  const { columns, rows } = variantsTable(runs);
  expect(columns).toEqual(["variant", "graphs, difficult"]);
  expect(rows).toEqual([
    { header: "data-swarm", cells: [{ text: "0.3000" }] },
    { header: "data-swarm-delta", cells: [{ text: "0.3500", detail: "(1 of 2 scored)", rank: "best" }] },
  ]);
});

it("a variant without any score says so", () => {
  const [, delta] = variantsTable([finished("data-swarm", 2, 0.4), finished("data-swarm-delta", 2, null)]).rows;
  expect(delta?.cells).toEqual([{ text: "no score" }]);
});

it("a variant is no baseline that swarms are held against", () => {
  expect(compareSwarms([...runs, finished("data-swarm-learning", 1, 0.5)])).toEqual([]);
});
