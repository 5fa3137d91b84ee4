import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { difficult } from "../../../swarm/objectives/difficult.js";
import { RandomStream } from "../../../swarm/random.js";
import { comparePooledDifficulty } from "../../../swarm/statistics/pooled-difficulty.js";
import {
  type Repeat,
  repeatsInterval,
  resampleRepeat,
  testOverQuestions,
  testOverRepeats,
} from "../../../swarm/statistics/repeats.js";
import { studentUpperTail } from "../../../swarm/statistics/student-distribution.js";
import { welchTest } from "../../../swarm/statistics/welch-test.js";
import { summarise } from "../../../swarm/statistics/summary.js";

interface Golden {
  readonly student: readonly { readonly t: number; readonly degrees: number; readonly upper: number }[];
  readonly welch: readonly {
    readonly one: number[];
    readonly other: number[];
    readonly t: number;
    readonly degrees: number;
    readonly pValue: number;
  }[];
  readonly pooled: readonly {
    readonly candidate: readonly [number, number][];
    readonly reference: readonly [number, number][];
    readonly z: number;
    readonly pValue: number;
  }[];
  readonly twoLevels: readonly {
    readonly wrong: number[];
    readonly questions: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly withinRepeats: readonly {
    readonly candidate: number[];
    readonly reference: number[];
    readonly questions: number;
    readonly pValue: number;
  }[];
}

/** Written by make_repeats.py with scipy and numpy. */
const golden = JSON.parse(readFileSync(new URL("repeats.golden.json", import.meta.url), "utf8")) as Golden;

/** One taker that gets `wrong` of `questions` wrong. */
const oneTaker = (wrong: number, questions: number) => ({
  performance: [Array.from({ length: questions }, (_, question) => (question < wrong ? 0 : 1))],
});

const repeatsOf = (wrong: readonly number[], questions: number, name: string, resamples = 4000): Repeat[] =>
  wrong.map((count, index) =>
    resampleRepeat(oneTaker(count, questions), {
      objective: difficult,
      random: new RandomStream({ seed: 1, purpose: `${name} ${index}` }),
      resamples,
    }),
  );

/** Repeats whose questions play no part. */
const scores = (values: readonly number[]): Repeat[] =>
  values.map((score) => ({ score, resampled: Float64Array.of(score, score) }));

describe("studentUpperTail", () => {
  it.each(golden.student)("has scipy's tail at t = $t with $degrees degrees", ({ t, degrees, upper }) => {
    expect(Math.abs(studentUpperTail(t, degrees) - upper) / upper).toBeLessThan(1e-11);
  });

  it("is the normal distribution's with infinite degrees, and refuses fewer than 1", () => {
    expect(studentUpperTail(1.6448536269514722, Infinity)).toBeCloseTo(0.05, 14);
    expect(studentUpperTail(Infinity, 3)).toBe(0);
    expect(() => studentUpperTail(1, 0)).toThrow(RangeError);
  });
});

describe("welchTest", () => {
  const estimate = (values: readonly number[]) => {
    const { mean, standardDeviation, count } = summarise(values);
    return { mean, variance: standardDeviation! ** 2 / count, degrees: count - 1 };
  };

  it.each(golden.welch)("equals scipy's of $one and $other", ({ one, other, t, degrees, pValue }) => {
    const test = welchTest({ larger: estimate(one), smaller: estimate(other) });
    expect(test.t).toBeCloseTo(t, 10);
    expect(test.degrees).toBeCloseTo(degrees, 9);
    expect(test.pValue).toBeCloseTo(pValue, 11);
    expect(testOverRepeats({ candidate: scores(one), reference: scores(other) }).pValue).toBeCloseTo(pValue, 11);
  });

  it("decides by the sign where nothing varies", () => {
    const p = (larger: number, smaller: number) =>
      welchTest({
        larger: { mean: larger, variance: 0, degrees: 4 },
        smaller: { mean: smaller, variance: 0, degrees: 4 },
      }).pValue;
    expect([p(0.5, 0.4), p(0.4, 0.4), p(0.3, 0.4)]).toEqual([0, 0.5, 1]);
  });

  it("takes a side of one repeat with the variance of its questions", () => {
    // 60 and 40 wrong of 100: z = 0.2 / √(2 × 0.6 × 0.4 / 100) = 2.887, p = 0.00195.
    const sides = { candidate: repeatsOf([60], 100, "a"), reference: repeatsOf([40], 100, "b") };
    const { degrees, pValue } = testOverRepeats(sides);
    expect(degrees).toBe(Infinity);
    expect(Math.abs(pValue - 0.00195)).toBeLessThan(0.0008);
  });

  it("rejects in at most 5 % of trials where seeds differ and methods do not, however few repeats there are", () => {
    const random = new RandomStream({ seed: 5, purpose: "no difference" });
    for (const repeats of [2, 5]) {
      const side = () => scores(Array.from({ length: repeats }, () => random.normal()));
      const rejected = Array.from({ length: 2000 }, () =>
        testOverRepeats({ candidate: side(), reference: side() }),
      ).filter(({ pValue }) => pValue < 0.05).length;
      // Binomial(2000, .05) is above 130 with a probability of about 0.001.
      expect(rejected).toBeLessThan(130);
      expect(rejected).toBeGreaterThan(0);
    }
  });
});

describe("comparePooledDifficulty", () => {
  const evaluations = (sides: readonly [number, number][]) =>
    sides.map(([wrong, questions]) => oneTaker(wrong, questions).performance);

  it.each(golden.pooled)(
    "has scipy's z and p for $candidate against $reference",
    ({ candidate, reference, z, pValue }) => {
      const test = comparePooledDifficulty({ candidate: evaluations(candidate), reference: evaluations(reference) });
      expect(test.z).toBeCloseTo(z, 11);
      expect(test.pValue).toBeCloseTo(pValue, 12);
    },
  );

  it("takes of each question set its own best taker", () => {
    const [easy, hard] = [oneTaker(10, 100).performance[0]!, oneTaker(70, 100).performance[0]!];
    const { candidate } = comparePooledDifficulty({
      candidate: [
        [easy, hard],
        [hard, hard],
      ],
      reference: [[easy]],
    });
    expect(candidate).toEqual({ events: 10 + 70, trials: 200 });
  });
});

describe("repeatsInterval", () => {
  it.each(golden.twoLevels)("is numpy's for $wrong wrong of $questions", ({ wrong, questions, low, high }) => {
    const repeats = repeatsOf(wrong, questions, "interval");
    const interval = repeatsInterval(repeats, { random: new RandomStream({ seed: 2, purpose: "interval" }) });
    expect(Math.abs(interval.low - low)).toBeLessThan(0.011);
    expect(Math.abs(interval.high - high)).toBeLessThan(0.011);
  });

  it("is wider than over questions alone where repeats differ", () => {
    const width = (wrong: readonly number[]) => {
      const random = new RandomStream({ seed: 2, purpose: "interval" });
      const { low, high } = repeatsInterval(repeatsOf(wrong, 100, "width", 1000), { random });
      return high - low;
    };
    expect(width([10, 50])).toBeGreaterThan(1.5 * width([30, 30]));
  });
});

describe("testOverQuestions", () => {
  it.each(golden.withinRepeats)(
    "has numpy's p for $candidate against $reference wrong of $questions",
    ({ candidate, reference, questions, pValue }) => {
      const sides = {
        candidate: repeatsOf(candidate, questions, "candidate"),
        reference: repeatsOf(reference, questions, "reference"),
      };
      // Of 4,000 draws the share has a standard deviation of at most 0.008.
      expect(Math.abs(testOverQuestions(sides) - pValue)).toBeLessThan(0.025);
    },
  );

  it("takes repeats as they are, where the test over repeats does not", () => {
    const sides = { candidate: repeatsOf([90, 30], 100, "one"), reference: repeatsOf([30, 40], 100, "other") };
    expect(testOverQuestions(sides)).toBeLessThan(0.001);
    expect(testOverRepeats(sides).pValue).toBeGreaterThan(0.1);
  });
});
