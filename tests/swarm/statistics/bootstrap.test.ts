import { describe, expect, it } from "vitest";
import { consistent } from "../../../swarm/objectives/consistent.js";
import { difficult } from "../../../swarm/objectives/difficult.js";
import { personalized } from "../../../swarm/objectives/personalized.js";
import { RandomStream } from "../../../swarm/random.js";
import { bootstrapDifference, bootstrapInterval } from "../../../swarm/statistics/bootstrap.js";
import { pairedBootstrapTest } from "../../../swarm/statistics/paired-bootstrap.js";
import { questionResampler } from "../../../swarm/statistics/resample.js";
import { randomEvaluation } from "../objectives/random-evaluation.js";

/** One taker that is right on `right` of `questions`. */
const oneTaker = (right: number, questions: number) => ({
  performance: [Array.from({ length: questions }, (_, question) => (question < right ? 1 : 0))],
});

describe("bootstrapInterval", () => {
  it("is about as wide as the binomial distribution says", () => {
    // .3 ± 1.96 × √(.3 × .7 / 400) = .3 ± .0449.
    const { score, low, high } = bootstrapInterval(oneTaker(280, 400), { objective: difficult, seed: 1 });
    expect(score).toBeCloseTo(0.3, 12);
    expect(Math.abs(low - (0.3 - 0.0449))).toBeLessThan(0.006);
    expect(Math.abs(high - (0.3 + 0.0449))).toBeLessThan(0.006);
  });

  it("covers the true score about as often as it says", () => {
    const random = new RandomStream({ seed: 3, purpose: "coverage" });
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const performance = [Array.from({ length: 100 }, () => (random.uniform() < 0.6 ? 1 : 0))];
      const { low, high } = bootstrapInterval({ performance }, { objective: difficult, seed: trial, resamples: 300 });
      if (low <= 0.4 && 0.4 <= high) covered++;
    }
    // Binomial(200, .95) is below 178 (.89) with a probability of about 1e-4; the percentile interval is a little short.
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(1);
  });

  it("is a function of the seed", () => {
    const evaluation = randomEvaluation(new RandomStream({ seed: 4, purpose: "bootstrap" }));
    const interval = (seed: number) => bootstrapInterval(evaluation, { objective: difficult, seed, resamples: 50 });
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval(2));
  });

  it("is a point where all questions are alike", () => {
    const evaluation = { performance: [], relevance: [0.25, 0.25, 0.25] };
    expect(bootstrapInterval(evaluation, { objective: personalized, seed: 1 })).toEqual({
      score: 0.25,
      low: 0.25,
      high: 0.25,
    });
  });

  it("is narrower at a lower confidence", () => {
    const interval = (level: number) => bootstrapInterval(oneTaker(50, 100), { objective: difficult, seed: 1, level });
    expect(interval(0.5).high - interval(0.5).low).toBeLessThan(interval(0.95).high - interval(0.95).low);
  });

  it("refuses a confidence of 1", () => {
    expect(() => bootstrapInterval(oneTaker(1, 2), { objective: difficult, seed: 1, level: 1 })).toThrow(RangeError);
  });
});

describe("questionResampler", () => {
  it("keeps a question's grades, set and relevance together and each set's size", () => {
    const random = new RandomStream({ seed: 5, purpose: "resample" });
    const evaluation = {
      performance: [
        [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
        [0.6, 0.5, 0.4, 0.3, 0.2, 0.1],
      ],
      questionSets: [0, 0, 1, 2, 3, 3],
      relevance: [1, 2, 3, 4, 5, 6],
    };
    const resample = questionResampler(evaluation, random);
    const seen = new Set<string>();
    for (let trial = 0; trial < 40; trial++) {
      const { performance, questionSets, relevance } = resample();
      expect(questionSets).toEqual([0, 0, 1, 2, 3, 3]);
      for (const [index, value] of relevance!.entries()) {
        expect(performance[0]![index]).toBeCloseTo(value / 10, 12);
        expect(performance[1]![index]).toBeCloseTo((7 - value) / 10, 12);
        expect(evaluation.questionSets[value - 1]).toBe(questionSets![index]);
      }
      seen.add(relevance!.join());
    }
    expect(seen.size).toBeGreaterThan(8);
    expect(() => consistent.score(resample())).not.toThrow();
  });
});

describe("bootstrapDifference", () => {
  it("has a small p where the candidate is far above and a large one the other way round", () => {
    const [hard, easy] = [oneTaker(30, 100), oneTaker(70, 100)];
    const options = { objective: difficult, seed: 1, resamples: 999 };
    const up = bootstrapDifference({ candidate: hard, reference: easy }, options);
    expect(up.difference).toBeCloseTo(0.4, 12);
    expect(up.pValue).toBe(1 / 1000);
    expect(up.low).toBeGreaterThan(0.2);
    expect(bootstrapDifference({ candidate: easy, reference: hard }, options).pValue).toBe(1);
  });

  it("has a p near the z-test's where the difference is small", () => {
    // 120 against 100 wrong of 200: z = 2.0051, p = .0225.
    const evaluations = { candidate: oneTaker(80, 200), reference: oneTaker(100, 200) };
    const { pValue } = bootstrapDifference(evaluations, { objective: difficult, seed: 2, resamples: 4000 });
    expect(Math.abs(pValue - 0.0225)).toBeLessThan(0.012);
  });

  it("accepts no difference in an evaluation with itself", () => {
    const evaluation = oneTaker(50, 100);
    const { pValue } = bootstrapDifference(
      { candidate: evaluation, reference: evaluation },
      { objective: difficult, seed: 3 },
    );
    expect(pValue).toBeGreaterThan(0.4);
  });
});

describe("pairedBootstrapTest", () => {
  it("sees a small difference that is the same on every question", () => {
    const reference = Array.from({ length: 40 }, (_, question) => (question % 10) / 10);
    const candidate = reference.map((value) => value + 0.01);
    const test = pairedBootstrapTest({ candidate, reference, seed: 1, resamples: 999 });
    expect(test.difference).toBeCloseTo(0.01, 12);
    expect(test.pValue).toBe(1 / 1000);
  });

  it("has p = 1 for equal lists", () => {
    expect(pairedBootstrapTest({ candidate: [0, 1, 1], reference: [0, 1, 1], seed: 1 }).pValue).toBe(1);
  });

  it("refuses lists of different length and empty ones", () => {
    expect(() => pairedBootstrapTest({ candidate: [1], reference: [1, 0], seed: 1 })).toThrow(RangeError);
    expect(() => pairedBootstrapTest({ candidate: [], reference: [], seed: 1 })).toThrow(RangeError);
  });
});
