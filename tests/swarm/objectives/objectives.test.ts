import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../../swarm/objectives/evaluation.js";
import { objectiveOf, objectives } from "../../../swarm/objectives/registry.js";
import { RandomStream } from "../../../swarm/random.js";
import { randomEvaluation, reordered } from "./random-evaluation.js";

/** Three takers, four questions; means .75, .25 and .5. */
const performance = [
  [1, 1, 1, 0],
  [0, 0, 0, 1],
  [1, 0, 1, 0],
];
const score = (name: string, evaluation: Evaluation): number => objectiveOf(name).score(evaluation);

describe("difficult", () => {
  it("is 1 less the best taker's performance", () => {
    expect(score("difficult", { performance })).toBe(0.25);
  });

  it("is 1 where every taker fails on everything and 0 where one is always right", () => {
    expect(
      score("difficult", {
        performance: [
          [0, 0],
          [0, 0],
        ],
      }),
    ).toBe(1);
    expect(
      score("difficult", {
        performance: [
          [0, 0],
          [1, 1],
        ],
      }),
    ).toBe(0);
  });
});

describe("separate", () => {
  it("is the mean gap between neighbours", () => {
    // Sorted .25, .5, .75: gaps .25 and .25.
    expect(score("separate", { performance })).toBe(0.25);
  });

  it("equals the mean of the sorted differences, for random evaluations", () => {
    const random = new RandomStream({ seed: 1, purpose: "property" });
    for (let trial = 0; trial < 100; trial++) {
      const evaluation = randomEvaluation(random);
      const means = evaluation.performance.map((row) => row.reduce((sum, value) => sum + value, 0) / row.length);
      means.sort((one, other) => one - other);
      const gaps = means.slice(1).map((value, index) => value - means[index]!);
      const expected = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      expect(score("separate", evaluation)).toBeCloseTo(expected, 12);
    }
  });
});

describe("novel", () => {
  it("is the divergence of the normalised vectors", () => {
    // Seed data (.5, .5, 1) → (1/4, 1/4, 1/2); generated (.75, .25, .5) → (1/2, 1/6, 1/3).
    // 1/4 ln(1/2) + 1/4 ln(3/2) + 1/2 ln(3/2) = 3/4 ln(3/2) - 1/4 ln 2 = 0.130812...
    const expected = 0.75 * Math.log(1.5) - 0.25 * Math.log(2);
    expect(score("novel", { performance, seedPerformance: [0.5, 0.5, 1] })).toBeCloseTo(expected, 12);
    expect(expected).toBeCloseTo(0.130812, 6);
  });

  it("is 0 where takers are as strong relative to each other as on the seed data", () => {
    expect(score("novel", { performance, seedPerformance: [0.375, 0.125, 0.25] })).toBeCloseTo(0, 15);
  });

  it("stays finite where a taker fails on everything", () => {
    // Generated (0, 1) counts as (.005, 1) → (.005, 1) / 1.005; seed (1/2, 1/2): 1/2 ln(100.5) + 1/2 ln(.5025).
    const evaluation = {
      performance: [
        [0, 0],
        [1, 1],
      ],
      seedPerformance: [0.5, 0.5],
    };
    expect(score("novel", evaluation)).toBeCloseTo(0.5 * Math.log(100.5) + 0.5 * Math.log(0.5025), 12);
  });

  it("gives 0 where all takers fail on both, and not a number out of nothing", () => {
    expect(score("novel", { performance: [[0], [0]], seedPerformance: [0, 0] })).toBe(0);
  });
});

describe("novel-ranking", () => {
  it("is 0 for the same ranking, 2 for the reverse and in between by Spearman's formula", () => {
    expect(score("novel-ranking", { performance, seedPerformance: [0.9, 0.1, 0.3] })).toBeCloseTo(0, 12);
    expect(score("novel-ranking", { performance, seedPerformance: [0.1, 0.9, 0.3] })).toBeCloseTo(2, 12);
    // Ranks (3, 1, 2) and (2, 1, 3): 1 - 6 × (1 + 0 + 1) / (3 × 8) = .5.
    expect(score("novel-ranking", { performance, seedPerformance: [0.5, 0.1, 0.6] })).toBeCloseTo(0.5, 12);
  });

  it("is 1 where all takers tie", () => {
    expect(score("novel-ranking", { performance: [[1], [1]], seedPerformance: [0.2, 0.4] })).toBe(1);
  });
});

describe("consistent", () => {
  it("is 1 less the mean population standard deviation over question sets", () => {
    // Taker 1: set means 1, 1, 0, 0: deviation .5. Taker 2: .5, .5, .5, .5: deviation 0. 1 - (.5 + 0) / 2 = .75.
    const evaluation = {
      performance: [
        [1, 1, 1, 1, 0, 0, 0, 0],
        [1, 0, 1, 0, 1, 0, 1, 0],
      ],
      questionSets: [0, 0, 1, 1, 2, 2, 3, 3],
    };
    expect(score("consistent", evaluation)).toBe(0.75);
  });

  it("weighs sets of different size alike", () => {
    // Set means 1, 1, 1, 0: mean .75, variance (3 × .0625 + .5625) / 4 = .1875.
    const evaluation = { performance: [[1, 1, 1, 1, 1, 0]], questionSets: [0, 0, 0, 1, 2, 3] };
    expect(score("consistent", evaluation)).toBeCloseTo(1 - Math.sqrt(0.1875), 12);
  });

  it("refuses fewer than four sets", () => {
    expect(() => score("consistent", { performance: [[1, 0, 1]], questionSets: [0, 1, 2] })).toThrow(
      expect.objectContaining({ code: "INVALID_EVALUATION" }),
    );
  });
});

describe("personalized", () => {
  it("is the mean relevance and needs no taker", () => {
    expect(score("personalized", { performance: [], relevance: [0.2, 0.4, 0.9] })).toBeCloseTo(0.5, 12);
  });
});

describe("a mix of objectives", () => {
  it("is their weighted mean, by the paper's weights", () => {
    // difficult .25, separate .25, novel .130812: .6 × .25 + .2 × .25 + .2 × .130812 = .226162.
    const mix = objectiveOf({ difficult: 0.6, separate: 0.2, novel: 0.2 });
    expect(mix.score({ performance, seedPerformance: [0.5, 0.5, 1] })).toBeCloseTo(0.2261624, 6);
  });

  it("needs what its parts need", () => {
    expect(objectiveOf({ difficult: 0.5, novel: 0.3, personalized: 0.2 }).needs).toEqual({
      takers: 2,
      questionSets: 1,
      seedPerformance: true,
      relevance: true,
    });
    expect(objectiveOf({ difficult: 0.5, consistent: 0.5 }).needs.questionSets).toBe(4);
  });

  it("neither needs nor scores a part of weight 0", () => {
    expect(objectiveOf({ difficult: 1, novel: 0 }).needs.seedPerformance).toBe(false);
  });

  it("takes weights that sum to 1 but for rounding", () => {
    expect(() => objectiveOf({ difficult: 0.7, separate: 0.2, novel: 0.1 })).not.toThrow();
  });

  it.each([
    ["weights that do not sum to 1", { difficult: 0.6, novel: 0.3 }],
    ["a negative weight", { difficult: 1.2, novel: -0.2 }],
    ["a weight that is not a number", { difficult: NaN }],
    ["no weights", {}],
  ])("refuses %s", (_, weights) => {
    expect(() => objectiveOf(weights)).toThrow(
      expect.objectContaining({ name: "ObjectiveError", code: "INVALID_WEIGHTS" }),
    );
  });
});

describe("every objective", () => {
  const bounds: Record<string, (takers: number) => readonly [number, number]> = {
    difficult: () => [0, 1],
    separate: (takers) => [0, 1 / (takers - 1)],
    novel: () => [0, Math.log(1 / 0.005) + Math.log(6)],
    "novel-ranking": () => [0, 2],
    consistent: () => [0.5, 1],
    personalized: () => [-1, 1],
  };

  it.each([...objectives.values()])("$name stays in its bounds and does not depend on order", (objective) => {
    const random = new RandomStream({ seed: 2, purpose: objective.name });
    for (let trial = 0; trial < 200; trial++) {
      const evaluation = randomEvaluation(random);
      const value = objective.score(evaluation);
      const [low, high] = bounds[objective.name]!(evaluation.performance.length);
      expect(value).toBeGreaterThanOrEqual(low - 1e-12);
      expect(value).toBeLessThanOrEqual(high + 1e-12);
      expect(objective.score(reordered(evaluation, random))).toBeCloseTo(value, 10);
    }
  });

  it.each([...objectives.values()])("$name refuses an evaluation without what it needs", (objective) => {
    expect(() => objective.score({ performance: [] })).toThrow(
      expect.objectContaining({ name: "ObjectiveError", code: "INVALID_EVALUATION" }),
    );
  });

  it("is found by its name", () => {
    expect([...objectives.keys()]).toEqual([
      "difficult",
      "separate",
      "novel",
      "novel-ranking",
      "consistent",
      "personalized",
    ]);
    expect(() => objectiveOf("dificult")).toThrow(expect.objectContaining({ code: "UNKNOWN_OBJECTIVE" }));
    expect(() => objectiveOf({ toString: 1 })).toThrow(expect.objectContaining({ code: "UNKNOWN_OBJECTIVE" }));
  });
});

describe("an evaluation", () => {
  it.each([
    ["rows of different length", "difficult", { performance: [[1, 0], [1]] }],
    ["a performance above 1", "difficult", { performance: [[1.5]] }],
    ["a performance that is not a number", "difficult", { performance: [[NaN]] }],
    ["one taker where two are compared", "separate", { performance: [[1, 0]] }],
    ["seed performance of too few takers", "novel", { performance: [[1], [0]], seedPerformance: [0.5] }],
    ["relevance of too few questions", "personalized", { performance: [[1, 0]], relevance: [0.5] }],
    ["a set that is not an integer", "difficult", { performance: [[1]], questionSets: [0.5] }],
  ])("is refused with %s", (_, name, evaluation) => {
    expect(() => score(name, evaluation)).toThrow(expect.objectContaining({ code: "INVALID_EVALUATION" }));
  });
});

describe("a score", () => {
  it("is the same to the last digit for the same grades in another order", () => {
    const random = new RandomStream({ seed: 6, purpose: "order" });
    for (let trial = 0; trial < 200; trial++) {
      const grades = Array.from({ length: 200 }, () => random.integer(1, 10) / 10);
      const shuffled = random.shuffle(grades);
      expect(score("difficult", { performance: [shuffled] })).toBe(score("difficult", { performance: [grades] }));
    }
  });
});
