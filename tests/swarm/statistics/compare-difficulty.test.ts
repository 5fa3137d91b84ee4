import { describe, expect, it } from "vitest";
import { difficult } from "../../../swarm/objectives/difficult.js";
import { RandomStream } from "../../../swarm/random.js";
import { compareDifficulty } from "../../../swarm/statistics/compare-difficulty.js";

const row = (right: number, questions: number): number[] =>
  Array.from({ length: questions }, (_, question) => (question < right ? 1 : 0));

describe("compareDifficulty", () => {
  it("compares the wrong answers of each set's own best taker", () => {
    // Best takers are right on 140 and 200 of 400: 260 and 200 wrong. scipy: z = 4.29119, p = 8.9e-6.
    const candidate = [row(100, 400), row(140, 400)];
    const reference = [row(200, 400), row(120, 400)];
    const comparison = compareDifficulty({ candidate, reference });
    expect(comparison.candidate).toEqual({ events: 260, trials: 400 });
    expect(comparison.reference).toEqual({ events: 200, trials: 400 });
    expect(comparison.z).toBeCloseTo(4.29119, 5);
    expect(comparison.pValue).toBeLessThan(1e-5);
    expect(comparison.candidate.events / 400).toBeCloseTo(difficult.score({ performance: candidate }), 12);
  });

  it("counts a judge's 8 to 10 as correct", () => {
    const { candidate } = compareDifficulty({ candidate: [[0.7, 0.8, 1, 0.1]], reference: [[1, 1]] });
    expect(candidate).toEqual({ events: 2, trials: 4 });
  });

  it("takes question sets of different size", () => {
    const { reference } = compareDifficulty({ candidate: [row(1, 4)], reference: [row(3, 5)] });
    expect(reference).toEqual({ events: 2, trials: 5 });
  });

  it("adjusts p for the number of the reference's takers, up to 1", () => {
    const one = compareDifficulty({ candidate: [row(40, 100)], reference: [row(50, 100)] });
    const three = compareDifficulty({ candidate: [row(40, 100)], reference: [row(50, 100), row(1, 100), row(2, 100)] });
    expect(three.pValue).toBe(one.pValue);
    expect(three.pValueAdjusted).toBeCloseTo(3 * one.pValue, 12);
    expect(
      compareDifficulty({ candidate: [row(50, 100)], reference: [row(40, 100), row(1, 100)] }).pValueAdjusted,
    ).toBe(1);
  });

  it("has an adjusted p below .05 in at most 5 % of trials where four equal takers face one that leads", () => {
    const random = new RandomStream({ seed: 7, purpose: "no-difference" });
    const answers = (rate: number): number[] => Array.from({ length: 200 }, () => (random.uniform() < rate ? 1 : 0));
    const trials = Array.from({ length: 400 }, () =>
      compareDifficulty({
        candidate: [0.6, 0.3, 0.3, 0.3].map(answers),
        reference: [0.6, 0.6, 0.6, 0.6].map(answers),
      }),
    );
    const share = (below: (trial: (typeof trials)[number]) => boolean): number => trials.filter(below).length / 400;
    expect(share(({ pValueAdjusted }) => pValueAdjusted < 0.05)).toBeLessThanOrEqual(0.05);
    expect(share(({ pValue }) => pValue < 0.05)).toBeGreaterThan(0.05);
  });

  it("refuses ragged and empty matrices", () => {
    const wrong = expect.objectContaining({ code: "INVALID_EVALUATION" }) as Error;
    expect(() => compareDifficulty({ candidate: [[1, 0], [1]], reference: [[1]] })).toThrow(wrong);
    expect(() => compareDifficulty({ candidate: [[1]], reference: [] })).toThrow(wrong);
  });
});
