import { describe, expect, it } from "vitest";
import { plannedRuns, type TableName, TABLES } from "../../bench/results/tables.js";
import { particleCount } from "../../config/particle-count.js";
import { parseConfig } from "../../config/parse-config.js";

const NAMES = Object.keys(TABLES) as TableName[];

describe("the tables of the results", () => {
  it.each(NAMES)("%s is made of runs that the product accepts, each planned once", (name) => {
    const planned = plannedRuns(name, 1);
    expect(planned.length).toBeGreaterThan(0);
    expect(new Set(planned.map(({ id }) => id)).size).toBe(planned.length);
    for (const { id, config } of planned) expect(() => parseConfig({ ...config, id }, id)).not.toThrow();
  });

  it("has nine methods on four objectives in three domains, five times; sets that nothing wrote have no consistency", () => {
    const perRepeat = 3 * (3 * (8 + 2) + (8 - 2 + 2));
    expect(plannedRuns("main")).toHaveLength(5 * perRepeat);
    expect(plannedRuns("main", 2)).toHaveLength(2 * perRepeat);
  });

  it("shows options beside the very runs of the first table that they differ from", () => {
    const main = new Map(plannedRuns("main").map(({ id, config }) => [id, config]));
    const taken = plannedRuns("options").filter(({ id }) => id.startsWith("main-"));
    expect(taken.length).toBeGreaterThan(0);
    for (const { id, config } of taken) expect(config).toEqual(main.get(id));
  });

  it("gives every method the same budget of questions", () => {
    const budgets = plannedRuns("main", 1).map(({ config }) => {
      const { swarm, baseline } = config as {
        swarm?: { maxIterations: number; questionsPerIteration: number };
        baseline?: { rounds: number; questionsPerRound: number; subsets: number; subsetSize: number };
      };
      const generators = particleCount(config["generators"] as Parameters<typeof particleCount>[0]);
      return swarm === undefined
        ? [baseline!.rounds * baseline!.questionsPerRound, baseline!.subsets * baseline!.subsetSize]
        : [
            swarm.maxIterations * swarm.questionsPerIteration * generators,
            (swarm.maxIterations + 1) * swarm.questionsPerIteration * generators,
          ];
    });
    expect(new Set(budgets.map((budget) => budget.join(" "))).size).toBe(1);
  });
});
