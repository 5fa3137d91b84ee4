import { describe, expect, it } from "vitest";
import { novel } from "../../../swarm/objectives/novel.js";
import { normalCumulative, normalUpperTail } from "../../../swarm/statistics/normal-distribution.js";
import { quantile } from "../../../swarm/statistics/quantile.js";
import { rankCorrelation } from "../../../swarm/statistics/rank-correlation.js";
import { summarise } from "../../../swarm/statistics/summary.js";
import { twoProportionTest } from "../../../swarm/statistics/two-proportion-test.js";
import { golden } from "./golden.js";

const relative = (value: number, expected: number): number => Math.abs(value - expected) / Math.abs(expected);

describe("the normal distribution", () => {
  it.each(golden.normal)("has scipy's tails at z = $z", ({ z, upper, cumulative }) => {
    expect(relative(normalUpperTail(z), upper)).toBeLessThan(1e-12);
    expect(relative(normalCumulative(z), cumulative)).toBeLessThan(1e-12);
  });

  it("has probability 0 and 1 beyond the largest numbers", () => {
    expect(normalUpperTail(Infinity)).toBe(0);
    expect(normalUpperTail(-Infinity)).toBe(1);
    expect(normalUpperTail(NaN)).toBeNaN();
  });
});

describe("twoProportionTest", () => {
  const proportion = ([events, trials]: readonly [number, number]) => ({ events, trials });

  it.each(golden.proportions)("has scipy's z and p for $larger against $smaller", ({ larger, smaller, z, pValue }) => {
    const test = twoProportionTest({ larger: proportion(larger), smaller: proportion(smaller) });
    expect(test.z).toBeCloseTo(z, 11);
    expect(relative(test.pValue, pValue)).toBeLessThan(1e-10);
  });

  it("has p above one half where the first proportion is the smaller, and the two directions sum to 1", () => {
    const [low, high] = [
      { events: 10, trials: 50 },
      { events: 20, trials: 50 },
    ];
    const up = twoProportionTest({ larger: high, smaller: low }).pValue;
    const down = twoProportionTest({ larger: low, smaller: high }).pValue;
    expect(down).toBeGreaterThan(0.5);
    expect(up + down).toBeCloseTo(1, 12);
  });

  it("has p of one half where nothing or everything happened in both", () => {
    const pair = (events: number) => ({ larger: { events, trials: 9 }, smaller: { events, trials: 9 } });
    expect(twoProportionTest(pair(0))).toEqual({ z: 0, pValue: 0.5 });
    expect(twoProportionTest(pair(9))).toEqual({ z: 0, pValue: 0.5 });
  });

  it.each([
    { events: 3, trials: 2 },
    { events: -1, trials: 2 },
    { events: 0, trials: 0 },
    { events: 0.5, trials: 2 },
  ])("refuses $events of $trials", (wrong) => {
    expect(() => twoProportionTest({ larger: wrong, smaller: { events: 1, trials: 2 } })).toThrow(RangeError);
  });
});

describe("rankCorrelation", () => {
  it.each(golden.ranked)("equals scipy's of $one and $other", ({ one, other, correlation }) => {
    expect(rankCorrelation(one, other)).toBeCloseTo(correlation, 12);
  });
});

describe("quantile", () => {
  it("equals numpy's", () => {
    const sorted = golden.quantiles.values.toSorted((one, other) => one - other);
    const quantiles = golden.quantiles.probabilities.map((probability) => quantile(sorted, probability));
    for (const [index, expected] of golden.quantiles.quantiles.entries()) {
      expect(quantiles[index]).toBeCloseTo(expected, 12);
    }
  });

  it("refuses an empty list", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe("summarise", () => {
  it("has numpy's mean and sample standard deviation", () => {
    const { values, mean, standardDeviation } = golden.summary;
    const summary = summarise(values);
    expect(summary.count).toBe(values.length);
    expect(summary.mean).toBeCloseTo(mean, 12);
    expect(summary.standardDeviation).toBeCloseTo(standardDeviation, 12);
  });

  it("has no standard deviation for one value and refuses none", () => {
    expect(summarise([2])).toEqual({ count: 1, mean: 2, standardDeviation: null });
    expect(() => summarise([])).toThrow(RangeError);
  });
});

describe("novel", () => {
  it.each(golden.divergences)("equals scipy's entropy of $seed and $generated", ({ seed, generated, divergence }) => {
    const performance = generated.map((value) => [value]);
    expect(novel.score({ performance, seedPerformance: seed })).toBeCloseTo(divergence, 12);
  });
});
