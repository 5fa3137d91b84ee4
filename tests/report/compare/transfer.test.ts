import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../report/compare/compare-runs.js";
import type { Transfer } from "../../../report/compare/transfer.js";
import { averageTransferTables, transferTable } from "../../../report/compare/transfer-table.js";
import { type ExampleRun, exampleRun } from "./example-runs.js";

const transferOf = (examples: readonly ExampleRun[]): readonly Transfer[] =>
  compareRuns(examples.map(exampleRun), { resamples: 50 }).transfer;

const row = (transfer: Transfer, optimisedFor: string | null) => {
  const found = transfer.rows.find((one) => one.optimisedFor === optimisedFor);
  if (found === undefined) throw new Error(`no row of ${optimisedFor}`);
  return Object.fromEntries(found.cells.map(({ objective, ...cell }) => [objective, cell]));
};
const means = (transfer: Transfer, optimisedFor: string | null) =>
  Object.fromEntries(Object.entries(row(transfer, optimisedFor)).map(([name, { mean }]) => [name, mean]));

const near = (value: number, digits: number): unknown => expect.closeTo(value, digits);
const NOTHING = { knows: [] } as const;
const DIFFICULT = { runId: "d1", seed: 1, objective: "difficult", wrong: [8, 8], ...NOTHING } as const;
const NOVEL = { runId: "n1", seed: 1, objective: "novel", wrong: [4, 9], knows: ["seedPerformance"] } as const;
const INITIAL = { runId: "i1", seed: 1, baseline: "initial-generators", wrong: [6, 6], ...NOTHING } as const;

describe("compareTransfer", () => {
  it("scores the same fresh questions on every objective that they can be scored on, as by hand", () => {
    const [transfer, ...others] = transferOf([DIFFICULT, NOVEL, INITIAL]);
    expect(others).toEqual([]);
    expect(transfer!.objectives).toEqual(["difficult", "separate", "novel", "consistent"]);
    expect(transfer!.rows.map(({ method, optimisedFor }) => [method, optimisedFor])).toEqual([
      ["Initial generators", null],
      ["Data Swarms", "difficult"],
      ["Data Swarms", "novel"],
    ]);
    // Wrong 8 and 8 of 20: the better taker fails 0.4 of them, and both do the same. Sets of five: 0, 0.4, 1 and 1 right, of
    // which numpy.std is 0.4243. Novel: KL((0.4, 0.6) ‖ (0.5, 0.5)) = 0.4 ln 0.8 + 0.6 ln 1.2.
    expect(means(transfer!, "difficult")).toMatchObject({
      difficult: near(0.4, 12),
      separate: near(0, 12),
      novel: near(0.020136, 6),
      consistent: near(0.575736, 6),
    });
    // Wrong 4 and 9: 0.8 and 0.55 right. KL((0.4, 0.6) ‖ (0.5926, 0.4074)).
    expect(means(transfer!, "novel")).toMatchObject({
      difficult: near(0.2, 12),
      separate: near(0.25, 12),
      novel: near(0.075053, 6),
    });
    expect(means(transfer!, null)).toMatchObject({
      difficult: near(0.3, 12),
      consistent: near(0.587689, 6),
    });
  });

  it("marks what a row was optimised for, and nothing of the reference", () => {
    const [transfer] = transferOf([DIFFICULT, NOVEL, INITIAL]);
    const own = transfer!.rows.map(({ cells }) => cells.filter((cell) => cell.own).map(({ objective }) => objective));
    expect(own).toEqual([[], ["difficult"], ["novel"]]);
  });

  it("has the other form of novelty where a run was measured on it", () => {
    const [transfer] = transferOf([DIFFICULT, NOVEL, { ...NOVEL, runId: "n2", objective: "novel-ranking" }]);
    // The takers' ranks on the seed data are reversed on the questions.
    expect(means(transfer!, "novel")["novel-ranking"]).toBeCloseTo(2, 12);
    expect(transfer!.objectives).toEqual(["difficult", "separate", "novel", "novel-ranking", "consistent"]);
  });

  it("has no novelty where no run of the seed had the seed data answered, and no relevance where none was measured", () => {
    const [transfer] = transferOf([DIFFICULT, { ...DIFFICULT, runId: "d2", seed: 2, wrong: [10, 12] }, NOVEL]);
    // Of the two repeats, the second has no run of its seed to take the performance on the seed data from.
    expect(row(transfer!, "difficult")).toMatchObject({
      difficult: { repeats: 2, of: 2, mean: near(0.45, 12), standardDeviation: near(0.0707107, 6) },
      novel: { repeats: 1, of: 2, mean: near(0.020136, 6), standardDeviation: null },
    });
    expect(transfer!.objectives).not.toContain("personalized");
    expect(transferOf([DIFFICULT])[0]!.objectives).toEqual(["difficult", "separate", "consistent"]);
  });

  it("takes performance on the seed data taker by taker, in whatever order a run has them", () => {
    // Performance on the seed data is 0.75 of a and 0.5 of b then, and the questions' 0.9 and 0.4.
    const [transfer] = transferOf([
      { ...DIFFICULT, wrong: [2, 12] },
      { ...NOVEL, takers: ["b", "a"] },
    ]);
    // KL((0.6, 0.4) ‖ (0.6923, 0.3077)) = 0.6 ln 0.8667 + 0.4 ln 1.3.
    expect(means(transfer!, "difficult")["novel"]).toBeCloseTo(0.019085, 6);
  });

  it("scores relevance where it was measured, of weighted means too, which are rows and no columns", () => {
    const [transfer] = transferOf([
      { runId: "c1", objective: { difficult: 0.5, personalized: 0.5 }, wrong: [8, 8], knows: ["relevance"] },
      DIFFICULT,
    ]);
    // Relevance 0.4 of 8 questions and 0.6 of 12.
    expect(means(transfer!, "0.5 difficult + 0.5 personalized")).toMatchObject({
      difficult: near(0.4, 12),
      personalized: near(0.52, 12),
    });
    expect(transfer!.objectives).toEqual(["difficult", "separate", "consistent", "personalized"]);
    expect(means(transfer!, "difficult")).not.toHaveProperty("personalized");
  });

  it("counts a seed of the initial generators once, by the run that was measured on the column's objective where there is one", () => {
    const [transfer] = transferOf([
      DIFFICULT,
      NOVEL,
      INITIAL,
      { ...INITIAL, runId: "i2", objective: "novel", wrong: [2, 2], knows: ["seedPerformance"] },
      { ...INITIAL, runId: "i3", objective: "novel", seed: 2, wrong: [4, 4], knows: ["seedPerformance"] },
    ]);
    const reference = row(transfer!, null);
    expect(reference["difficult"]).toMatchObject({ repeats: 1, mean: near(0.3, 12) });
    // None is measured on consistent, so i1 for seed 1 and i3 for seed 2: 6 wrong give 0.587689, and 4 wrong 1 - √0.12 = 0.653590.
    expect(reference["consistent"]).toMatchObject({ repeats: 2, of: 2, mean: near(0.62064, 5) });
    expect(reference["novel"]).toMatchObject({ repeats: 2, mean: near(0.020136, 6) });
  });

  it("keeps runs apart that were measured under other conditions", () => {
    const transfer = transferOf([
      DIFFICULT,
      { ...NOVEL, conditions: { freshQuestions: "400" }, measured: { freshQuestions: "400" } },
    ]);
    expect(transfer.map(({ variant, rows }) => [variant, rows.map(({ optimisedFor }) => optimisedFor)])).toEqual([
      ["freshQuestions: 20", ["difficult"]],
      ["freshQuestions: 400", ["novel"]],
    ]);
  });

  it("has nothing to say of baselines alone", () => {
    expect(transferOf([INITIAL, { runId: "b", baseline: "autobencher", wrong: [3, 3] }])).toEqual([]);
  });
});

describe("tables of transfer", () => {
  it("print the best of a column in bold, the row's own objective marked, and what is not measured as such", () => {
    const [transfer] = transferOf([
      DIFFICULT,
      { ...DIFFICULT, runId: "p1", objective: "personalized", knows: ["relevance"] },
    ]);
    const { columns, rows } = transferTable({ id: "t", caption: "t", transfer: transfer! });
    expect(columns).toEqual(["optimised for", "difficult", "separate", "consistent", "personalized"]);
    expect(rows.map(({ header, cells }) => [header, cells[0], cells[3]])).toEqual([
      ["difficult", { text: "0.4000", rank: "best", mark: "‡" }, { text: "–" }],
      ["personalized", { text: "0.4000", rank: "best" }, { text: "0.5200", mark: "‡" }],
    ]);
  });

  it("name the method where several were optimised", () => {
    const [transfer] = transferOf([
      { ...DIFFICULT, options: { "swarm.space": "factors" } },
      { ...DIFFICULT, runId: "d2", options: { "swarm.space": "delta" } },
    ]);
    const { rows } = transferTable({ id: "t", caption: "t", transfer: transfer! });
    expect(rows.map(({ header }) => header)).toEqual([
      "difficult: Data Swarms (space: delta)",
      "difficult: Data Swarms (space: factors)",
    ]);
  });

  it("average what every domain has", () => {
    const transfer = transferOf([
      DIFFICULT,
      { ...DIFFICULT, runId: "l1", domain: "lists", wrong: [4, 9] },
      { ...INITIAL, domain: "lists" },
    ]);
    const [table, ...others] = averageTransferTables(transfer, "average");
    expect(others).toEqual([]);
    // Difficult 0.4 and 0.2, separate 0 and 0.25; initial generators were measured in one domain only.
    expect(table!.rows.map(({ header, cells }) => [header, cells.slice(0, 2)])).toEqual([
      ["difficult", [{ text: "0.3000", mark: "‡" }, { text: "0.1250" }]],
    ]);
    expect(averageTransferTables(transfer.slice(0, 1), "average")).toEqual([]);
  });
});
