import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../../swarm/objectives/evaluation.js";
import { PERFORMANCE_FLOOR } from "../../../swarm/objectives/novel.js";
import { objectiveOf, objectives } from "../../../swarm/objectives/registry.js";
import { RandomStream } from "../../../swarm/random.js";
import { randomEvaluation, reordered, type WholeEvaluation } from "./random-evaluation.js";

interface Bounds {
  /** Of an evaluation with so many takers. */
  readonly of: (takers: number) => readonly [low: number, high: number];
  /** Evaluations by two takers that reach them, or the highest there is. */
  readonly lowest: Evaluation;
  readonly highest: Evaluation;
  readonly reached?: number;
}

const all = (grade: number, questions = 4): number[] => Array<number>(questions).fill(grade);
const sets = { questionSets: [0, 1, 2, 3] };

/**
 * Of *novel*: with n takers the performance on one data set is all one taker's, on the other none of that taker's, so that shares are
 * 1 / (1 + (n - 1) f) and f / (f + (n - 1)) at most, for a floor f: their divergence is below ln((n - 1 + f) / f).
 */
const BOUNDS: Readonly<Record<string, Bounds>> = {
  difficult: {
    of: () => [0, 1],
    lowest: { performance: [all(0.3), all(1)] },
    highest: { performance: [all(0), all(0)] },
  },
  separate: {
    of: (takers) => [0, 1 / (takers - 1)],
    lowest: { performance: [all(0.4), all(0.4)] },
    highest: { performance: [all(0), all(1)] },
  },
  novel: {
    of: (takers) => [0, Math.log((takers - 1 + PERFORMANCE_FLOOR) / PERFORMANCE_FLOOR)],
    lowest: { performance: [all(0.2), all(0.4)], seedPerformance: [0.4, 0.8] },
    highest: { performance: [all(0), all(1)], seedPerformance: [1, 0] },
    // Shares 1 / (1 + f) and f / (1 + f) against the reverse.
    reached: ((1 - PERFORMANCE_FLOOR) / (1 + PERFORMANCE_FLOOR)) * Math.log(1 / PERFORMANCE_FLOOR),
  },
  "novel-ranking": {
    of: () => [0, 2],
    lowest: { performance: [all(0.2), all(0.4)], seedPerformance: [0.1, 0.9] },
    highest: { performance: [all(0.4), all(0.2)], seedPerformance: [0.1, 0.9] },
  },
  consistent: {
    of: () => [0.5, 1],
    lowest: {
      performance: [
        [1, 1, 0, 0],
        [0, 1, 0, 1],
      ],
      ...sets,
    },
    highest: { performance: [all(0.7), all(0)], ...sets },
  },
  personalized: {
    of: () => [-1, 1],
    lowest: { performance: [], relevance: all(-1) },
    highest: { performance: [], relevance: all(1) },
  },
};

/** The paper's composites: 0.6 for one objective, 0.2 for each of two others (section 5). */
const COMPOSITES: readonly Readonly<Record<string, number>>[] = [
  { difficult: 0.6, separate: 0.2, novel: 0.2 },
  { difficult: 0.2, separate: 0.6, novel: 0.2 },
  { difficult: 0.2, separate: 0.2, novel: 0.6 },
  { consistent: 0.5, personalized: 0.3, "novel-ranking": 0.2 },
];

const specifications = [...objectives.keys(), ...COMPOSITES].map(
  (specification) => [objectiveOf(specification).name, specification] as const,
);

function weightsOf(specification: (typeof specifications)[number][1]): [string, number][] {
  return typeof specification === "string" ? [[specification, 1]] : Object.entries(specification);
}

function reorderedIn(part: "takers" | "questions", evaluation: WholeEvaluation, random: RandomStream): Evaluation {
  const order = random.shuffle([...(part === "takers" ? evaluation.performance : evaluation.relevance).keys()]);
  const by = <Item>(items: readonly Item[]): Item[] => order.map((index) => items[index]!);
  return part === "takers"
    ? { ...evaluation, performance: by(evaluation.performance), seedPerformance: by(evaluation.seedPerformance) }
    : {
        ...evaluation,
        performance: evaluation.performance.map(by),
        questionSets: by(evaluation.questionSets),
        relevance: by(evaluation.relevance),
      };
}

function twice({ performance, questionSets, relevance, seedPerformance }: WholeEvaluation): Evaluation {
  const doubled = <Item>(items: readonly Item[]): Item[] => [...items, ...items];
  return {
    performance: performance.map(doubled),
    questionSets: doubled(questionSets),
    relevance: doubled(relevance),
    seedPerformance,
  };
}

/** Checks a property of 200 random evaluations. */
function forRandomEvaluations(
  purpose: string,
  check: (evaluation: WholeEvaluation, random: RandomStream) => void,
): void {
  const random = new RandomStream({ seed: 12, purpose });
  for (let trial = 0; trial < 200; trial++) check(randomEvaluation(random), random);
}

describe.each(specifications)("%s", (name, specification) => {
  const objective = objectiveOf(specification);

  it("stays within its bounds", () => {
    forRandomEvaluations(`bounds of ${name}`, (evaluation) => {
      const value = objective.score(evaluation);
      const ends = [0, 1].map((end) =>
        weightsOf(specification).reduce(
          (sum, [part, weight]) => sum + weight * BOUNDS[part]!.of(evaluation.performance.length)[end]!,
          0,
        ),
      );
      expect(value).toBeGreaterThanOrEqual(ends[0]! - 1e-12);
      expect(value).toBeLessThanOrEqual(ends[1]! + 1e-12);
    });
  });

  it.each(["takers", "questions"] as const)("does not depend on the order of %s", (part) => {
    forRandomEvaluations(`${part} of ${name}`, (evaluation, random) => {
      expect(objective.score(reorderedIn(part, evaluation, random))).toBeCloseTo(objective.score(evaluation), 12);
    });
  });

  it("does not depend on the order of both", () => {
    forRandomEvaluations(`order of ${name}`, (evaluation, random) => {
      expect(objective.score(reordered(evaluation, random))).toBeCloseTo(objective.score(evaluation), 12);
    });
  });

  it("does not change where every question counts twice", () => {
    forRandomEvaluations(`copies of ${name}`, (evaluation) => {
      expect(objective.score(twice(evaluation))).toBeCloseTo(objective.score(evaluation), 12);
    });
  });

  it("leaves the evaluation as it was", () => {
    forRandomEvaluations(`purity of ${name}`, (evaluation) => {
      const before = structuredClone(evaluation);
      objective.score(evaluation);
      expect(evaluation).toEqual(before);
    });
  });
});

describe.each([...objectives.values()])("$name", (objective) => {
  it("reaches its bounds", () => {
    const { of, lowest, highest, reached } = BOUNDS[objective.name]!;
    const [low, high] = of(2);
    expect(objective.score(lowest)).toBeCloseTo(low, 12);
    expect(objective.score(highest)).toBeCloseTo(reached ?? high, 12);
  });
});

describe("a mix of objectives", () => {
  it("is the weighted mean of its parts, for random weights", () => {
    forRandomEvaluations("mixes", (evaluation, random) => {
      const drawn = [...objectives.keys()].map((name) => [name, random.uniform() * random.integer(0, 1)] as const);
      const total = drawn.reduce((sum, [, weight]) => sum + weight, 0);
      if (total === 0) return;
      const weights = Object.fromEntries(drawn.map(([name, weight]) => [name, weight / total]));
      const expected = Object.entries(weights).reduce(
        (sum, [name, weight]) => sum + weight * objectiveOf(name).score(evaluation),
        0,
      );
      expect(objectiveOf(weights).score(evaluation)).toBeCloseTo(expected, 12);
    });
  });

  it("rises with each of its parts", () => {
    const easy = { performance: [all(0.9), all(0.5)], seedPerformance: [0.9, 0.5] };
    const mix = objectiveOf({ difficult: 0.6, separate: 0.2, novel: 0.2 });
    // Harder for both alike; then further apart; then with the ranking turned round.
    expect(mix.score({ ...easy, performance: [all(0.8), all(0.4)] })).toBeGreaterThan(mix.score(easy));
    expect(mix.score({ ...easy, performance: [all(0.9), all(0.3)] })).toBeGreaterThan(mix.score(easy));
    expect(mix.score({ ...easy, performance: [all(0.5), all(0.9)] })).toBeGreaterThan(mix.score(easy));
  });
});
