import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../report/compare/compare-runs.js";
import type { ComparedSetting } from "../../../report/compare/comparison.js";
import { type ExampleRun, exampleRun } from "./example-runs.js";

const compare = (examples: readonly ExampleRun[]) => compareRuns(examples.map(exampleRun), { resamples: 500 });

const cellOf = ({ cells }: Pick<ComparedSetting, "cells">, method: string) => {
  const cell = cells.find((one) => one.method === method);
  if (cell === undefined) throw new Error(`no cell of ${method}`);
  return cell;
};

describe("compareRuns", () => {
  it("gives each cell the mean and the sample's deviation of its repeats, as by hand", () => {
    // Difficult: the better taker's wrong answers of 20: 8, 10 and 12, so 0.4, 0.5 and 0.6.
    const { settings, methods, runs } = compare([
      { runId: "s1", seed: 1, wrong: [8, 15], searched: 0.5 },
      { runId: "s2", seed: 2, wrong: [15, 10], searched: 0.55 },
      { runId: "s3", seed: 3, wrong: [12, 12], searched: 0.6 },
      { runId: "b1", seed: 1, baseline: "prompt-breeder", wrong: [4, 6] },
    ]);
    expect(runs).toBe(4);
    expect(methods).toEqual(["Prompt breeder", "Data Swarms"]);
    expect(settings).toHaveLength(1);
    const swarm = cellOf(settings[0]!, "Data Swarms");
    expect(swarm.repeats.map(({ runId }) => runId)).toEqual(["s1", "s2", "s3"]);
    expect(swarm.mean).toBeCloseTo(0.5, 12);
    expect(swarm.standardDeviation).toBeCloseTo(0.1, 12);
    expect(swarm.interval!.low).toBeLessThan(0.5);
    expect(swarm.interval!.high).toBeGreaterThan(0.5);
    // Searched 0.5, 0.55, 0.6 less fresh 0.4, 0.5, 0.6: 0.1, 0.05, 0.
    expect(swarm.flattery!.searched).toBeCloseTo(0.55, 12);
    expect(swarm.flattery!.gap).toBeCloseTo(0.05, 12);
    expect(swarm.flattery!.standardDeviation).toBeCloseTo(0.05, 12);
    const single = cellOf(settings[0]!, "Prompt breeder");
    expect([single.mean, single.standardDeviation]).toEqual([expect.closeTo(0.2, 12), null]);
  });

  it("tests the best against the second best: of difficult by z on all graded answers", () => {
    // Pooled: 8 + 10 + 12 = 30 of 60 against 6 + 9 = 15 of 40. By hand: z = (0.5 - 0.375) / √(0.45 × 0.55 × (1/60 + 1/40)) = 1.230915,
    // and scipy.stats.norm.sf of it = 0.109177.
    const { settings, bestIn } = compare([
      { runId: "s1", seed: 1, wrong: [8, 15] },
      { runId: "s2", seed: 2, wrong: [15, 10] },
      { runId: "s3", seed: 3, wrong: [12, 12] },
      { runId: "b1", seed: 1, baseline: "prompt-breeder", wrong: [6, 6] },
      { runId: "b2", seed: 2, baseline: "prompt-breeder", wrong: [9, 11] },
      { runId: "d1", seed: 1, baseline: "dev-set", wrong: [1, 1] },
    ]);
    const { test } = settings[0]!;
    expect(test).toMatchObject({ best: "Data Swarms", second: "Prompt breeder", starsBy: "overQuestions", stars: 0 });
    expect(test!.overQuestions.test).toBe("z-test");
    expect(test!.overQuestions.pValue).toBeCloseTo(0.109177, 6);
    // scipy.stats.ttest_ind([.4, .5, .6], [.3, .45], equal_var=False, alternative="greater"): t = 1.320676, p = 0.154630.
    expect(test!.overRepeats.pValue).toBeCloseTo(0.15463, 6);
    expect(test!.difference).toBeCloseTo(0.125, 12);
    expect(test!.relative).toBeCloseTo(1 / 3, 12);
    expect(bestIn).toEqual([{ method: "Data Swarms", settings: 1, significant: 0 }]);
  });

  it("gives other objectives' stars by the test over repeats", () => {
    // Separate of two takers is their difference: 0.5, 0.55, 0.6 against 0.2, 0.25, 0.3.
    const { settings, bestIn } = compare(
      [10, 11, 12].flatMap((gap, index) => [
        { runId: `s${index}`, seed: index, objective: "separate", wrong: [gap, 0] as const },
        {
          runId: `b${index}`,
          seed: index,
          objective: "separate",
          baseline: "autobencher",
          wrong: [gap - 6, 0] as const,
        },
      ]),
    );
    const { test } = settings[0]!;
    // t = 0.3 / √(2 × 0.05² / 3) = 7.348 with 4 degrees: scipy.stats.t.sf gives 0.000913.
    expect(test).toMatchObject({ starsBy: "overRepeats", stars: 3, overQuestions: { test: "bootstrap" } });
    expect(test!.overRepeats.pValue).toBeCloseTo(0.000913, 6);
    expect(bestIn).toEqual([{ method: "Data Swarms", settings: 1, significant: 1 }]);
  });

  it("says where stars of the z-test rest on repeats that are taken as they are", () => {
    const { settings, warnings } = compare([
      { runId: "s1", seed: 1, wrong: [19, 19] },
      { runId: "s2", seed: 2, wrong: [3, 3] },
      { runId: "b1", seed: 1, baseline: "autobencher", wrong: [5, 5] },
      { runId: "b2", seed: 2, baseline: "autobencher", wrong: [6, 6] },
    ]);
    expect(settings[0]!.test!.stars).toBeGreaterThan(0);
    expect(settings[0]!.test!.overRepeats.pValue).toBeGreaterThan(0.1);
    expect(warnings.filter((one) => one.includes("repeats as they are"))).toHaveLength(1);
  });

  it("has no test where two methods share the highest score", () => {
    const { settings, bestIn } = compare([
      { runId: "s", wrong: [5, 5] },
      { runId: "b", baseline: "autobencher", wrong: [5, 9] },
      { runId: "d", baseline: "dev-set", wrong: [1, 1] },
    ]);
    expect(settings[0]!.test).toBeNull();
    expect(bestIn).toEqual([]);
  });

  it("keeps runs without a score in sight, and out of the mean", () => {
    const { settings, warnings } = compare([
      { runId: "s1", seed: 1, wrong: [8, 8] },
      { runId: "s2", seed: 2, wrong: null },
      { runId: "b1", seed: 1, baseline: "self-instruct", wrong: null },
    ]);
    const swarm = cellOf(settings[0]!, "Data Swarms");
    expect(swarm.repeats.map(({ score }) => score)).toEqual([0.4, null]);
    expect([swarm.mean, swarm.standardDeviation]).toEqual([expect.closeTo(0.4, 12), null]);
    expect(cellOf(settings[0]!, "Self-instruct")).toMatchObject({ mean: null, interval: null, flattery: null });
    expect(warnings.filter((one) => one.includes("without a score"))).toHaveLength(2);
    expect(warnings.join()).toContain("s2");
    expect(warnings.join()).toContain("b1");
  });

  it("counts a seed once, and names the run that it leaves out", () => {
    const { settings, runs, warnings } = compare([
      { runId: "a", seed: 1, wrong: [8, 8] },
      { runId: "b", seed: 1, wrong: [10, 10] },
      { runId: "c", seed: 2, wrong: [12, 12] },
    ]);
    expect(runs).toBe(2);
    expect(settings[0]!.cells[0]!.repeats.map(({ runId }) => runId)).toEqual(["a", "c"]);
    expect(warnings.filter((one) => one.includes("b is left out"))).toHaveLength(1);
  });

  it("has the same answer for runs in another order", () => {
    const examples: ExampleRun[] = [
      { runId: "a", seed: 1, wrong: [8, 8], unseenWrong: [3, 4] },
      { runId: "b", seed: 2, wrong: [10, 10], unseenWrong: [5, 4] },
      { runId: "c", seed: 1, baseline: "autobencher", wrong: [5, 7], unseenWrong: [2, 1] },
      { runId: "d", seed: 1, objective: "separate", wrong: [5, 7] },
    ];
    expect(compare(examples.toReversed())).toEqual(compare(examples));
  });

  it("measures unseen takers apart, where runs have them, and tells their pools apart", () => {
    const { unseen, settings } = compare([
      { runId: "s1", wrong: [8, 8], unseenWrong: [4, 5] },
      { runId: "s2", seed: 2, wrong: [8, 8], unseenWrong: [6, 6], unseenTakers: { unseenTakers: "e" } },
      { runId: "b1", baseline: "autobencher", wrong: [5, 5], unseenWrong: [2, 9] },
      { runId: "b2", seed: 2, baseline: "autobencher", wrong: [5, 5] },
    ]);
    expect(settings).toHaveLength(1);
    expect(unseen.map(({ variant, cells }) => [variant, cells.map(({ method, mean }) => [method, mean])])).toEqual([
      [
        "unseenTakers: c, d",
        [
          ["AutoBencher", expect.closeTo(0.1, 12)],
          ["Data Swarms", expect.closeTo(0.2, 12)],
        ],
      ],
      ["unseenTakers: e", [["Data Swarms", expect.closeTo(0.3, 12)]]],
    ]);
    expect(unseen.flatMap(({ cells }) => cells).map(({ flattery }) => flattery)).toEqual([null, null, null]);
  });
});

describe("the cost of a comparison", () => {
  it("counts gains in points above the initial generators, and what a run took for each", () => {
    const { settings } = compare([
      { runId: "s1", seed: 1, wrong: [8, 8], questionsDrawn: 3000, seconds: 100 },
      { runId: "s2", seed: 2, wrong: [12, 12], questionsDrawn: 5000, seconds: 300 },
      { runId: "i1", baseline: "initial-generators", wrong: [6, 6], questionsDrawn: 400, seconds: 10 },
      { runId: "d1", baseline: "dev-set", wrong: [2, 2], questionsDrawn: 0, seconds: 5 },
    ]);
    const { reference, methods } = settings[0]!.cost;
    expect(reference).toBe("Initial generators");
    const costs = Object.fromEntries(methods.map(({ method, ...cost }) => [method, cost]));
    // 0.5 less 0.3 are 20 points, for 4,000 questions and 200 seconds.
    expect(costs["Data Swarms"]).toMatchObject({ perRun: { questions: 4000, seconds: 200 } });
    expect(costs["Data Swarms"]!.points).toBeCloseTo(20, 9);
    expect(costs["Data Swarms"]!.perPoint!.questions).toBeCloseTo(200, 9);
    expect(costs["Data Swarms"]!.perPoint!.seconds).toBeCloseTo(10, 9);
    expect(costs["Dev set"]!.points).toBeCloseTo(-20, 9);
    expect(costs["Dev set"]!.perPoint).toBeNull();
    expect(costs["Initial generators"]).toMatchObject({ points: null, perPoint: null });
  });

  it("counts from the weakest method where initial generators were not measured", () => {
    const { settings } = compare([
      { runId: "s1", wrong: [8, 8] },
      { runId: "d1", baseline: "dev-set", wrong: [2, 2] },
    ]);
    expect(settings[0]!.cost.reference).toBe("Dev set");
  });

  it("warns of unequal question budgets among methods that search only", () => {
    const warned = (baseline: string) =>
      compare([
        { runId: "s1", wrong: [8, 8], questionsDrawn: 3000 },
        { runId: "b1", baseline, wrong: [6, 6], questionsDrawn: 1000 },
      ]).warnings.filter((one) => one.includes("numbers of questions a run"));
    expect(warned("prompt-breeder")).toHaveLength(1);
    expect(warned("dev-set")).toEqual([]);
  });
});
