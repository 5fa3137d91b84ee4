import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../../swarm/objectives/evaluation.js";
import { objectiveOf } from "../../../swarm/objectives/registry.js";
import { RandomStream } from "../../../swarm/random.js";
import { comparePooled, pooledScore } from "../../../swarm/statistics/pooled-comparison.js";

const row = (right: number, questions: number): number[] =>
  Array.from({ length: questions }, (_, question) => (question < right ? 1 : 0));
const difficult = objectiveOf("difficult");
const options = { objective: difficult, seed: 1, resamples: 500 };

describe("a pooled score", () => {
  it("is the mean of the evaluations' scores, weighed by their questions", () => {
    // .25 on 4 questions and .5 on 2: (4 × .25 + 2 × .5) / 6 = 1/3.
    const evaluations = [{ performance: [row(3, 4)] }, { performance: [row(1, 2)] }];
    expect(pooledScore(difficult, evaluations)).toBeCloseTo(1 / 3, 12);
  });

  it("of one evaluation is its score", () => {
    expect(pooledScore(difficult, [{ performance: [row(3, 4), row(1, 4)] }])).toBe(0.25);
  });

  it("does not drift with the number of evaluations where the objective of larger sets would", () => {
    // Equal takers: *separate* is noise alone, the less the more questions; 50 questions each, once or eight times.
    const random = new RandomStream({ seed: 3, purpose: "separate" });
    const draw = (): Evaluation => ({
      performance: Array.from({ length: 3 }, () => Array.from({ length: 50 }, () => random.integer(0, 1))),
    });
    const separate = objectiveOf("separate");
    const mean = (evaluations: number): number => {
      const trials = Array.from({ length: 200 }, () =>
        pooledScore(
          separate,
          Array.from({ length: evaluations }, () => draw()),
        ),
      );
      return trials.reduce((sum, value) => sum + value, 0) / trials.length;
    };
    expect(Math.abs(mean(8) - mean(1))).toBeLessThan(0.006);
    expect(mean(1)).toBeGreaterThan(0.05);
  });

  it("needs an evaluation", () => {
    expect(() => pooledScore(difficult, [])).toThrow(expect.objectContaining({ code: "INVALID_EVALUATION" }));
  });
});

describe("comparing pooled evaluations", () => {
  it("is the two-proportion z-test on all answers for difficult", () => {
    // Best takers fail on 60 + 55 of 200 and on 40 + 50 of 200. z = (.575 - .45) / sqrt(.5125 × .4875 × 2/200)
    // = 2.50078, and Python's erfc(z / sqrt(2)) / 2 gives p = .00619598.
    const challenger = [{ performance: [row(40, 100), row(10, 100)] }, { performance: [row(0, 100), row(45, 100)] }];
    const incumbent = [{ performance: [row(60, 100), row(1, 100)] }, { performance: [row(50, 100), row(50, 100)] }];
    const found = comparePooled({ challenger, incumbent }, options);
    expect(found.challenger).toBeCloseTo(0.575, 12);
    expect(found.incumbent).toBeCloseTo(0.45, 12);
    expect(found.pValue).toBeCloseTo(0.00619598, 8);
  });

  it("is a bootstrap that agrees with the normal approximation for an objective that is a mean", () => {
    // Relevance 0 or 1, .6 and .5 of 300 each: z = .1 / sqrt((.24 + .25) / 300) = 2.4744, p = .00667.
    const personalized = objectiveOf("personalized");
    const of = (...shares: number[]): Evaluation[] =>
      shares.map((share) => ({ performance: [], relevance: row(share, 100) }));
    const sides = { challenger: of(60, 55, 65), incumbent: of(50, 45, 55) };
    const found = comparePooled(sides, { objective: personalized, seed: 1, resamples: 2000 });
    expect(found.challenger).toBeCloseTo(0.6, 12);
    // Within four standard errors of the share of 2,000 resamples.
    expect(Math.abs(found.pValue - 0.00667)).toBeLessThan(0.0073);
    expect(comparePooled(sides, { objective: personalized, seed: 1, resamples: 2000 })).toEqual(found);
  });

  it.each(["separate", "novel", "consistent", "personalized"])(
    "of equal generators has p about one half: %s",
    (name) => {
      const random = new RandomStream({ seed: 8, purpose: name });
      const seedPerformance = [0.3, 0.5, 0.7];
      const draw = (): Evaluation => ({
        performance: seedPerformance.map((rate) => Array.from({ length: 40 }, () => (random.uniform() < rate ? 1 : 0))),
        questionSets: Array.from({ length: 40 }, (_, question) => Math.floor(question / 10)),
        seedPerformance,
        relevance: Array.from({ length: 40 }, () => random.uniform()),
      });
      const trials = Array.from({ length: 30 }, () =>
        comparePooled(
          { challenger: [draw(), draw()], incumbent: [draw(), draw(), draw()] },
          { objective: objectiveOf(name), seed: 1, resamples: 100 },
        ),
      );
      // The p-values are uniform at best: the standard error of their mean over 30 trials is .053.
      const mean = trials.reduce((sum, { pValue }) => sum + pValue, 0) / trials.length;
      expect(mean).toBeGreaterThan(0.3);
      expect(mean).toBeLessThan(0.7);
    },
  );

  it("needs evaluations on both sides", () => {
    const one = [{ performance: [[1]] }];
    for (const sides of [
      { challenger: one, incumbent: [] },
      { challenger: [], incumbent: one },
    ]) {
      expect(() => comparePooled(sides, options)).toThrow(expect.objectContaining({ code: "INVALID_EVALUATION" }));
    }
  });
});
