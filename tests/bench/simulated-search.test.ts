import { describe, expect, it } from "vitest";
import { simulateSearch, type SimulatedResult } from "../../bench/simulated-search.js";
import { RandomStream } from "../../swarm/random.js";
import { comparePooled } from "../../swarm/statistics/pooled-comparison.js";
import { difficult } from "../../swarm/objectives/difficult.js";
import type { Evaluation } from "../../swarm/objectives/evaluation.js";
import { parameters } from "../swarm/parameters-of-tests.js";

const LEVEL = 0.2;

function searches(count: number, options: { readonly flat: boolean; readonly tested: boolean }): SimulatedResult[] {
  const rule = options.tested ? ({ bestUpdate: "tested", bestUpdateLevel: LEVEL } as const) : {};
  return Array.from({ length: count }, (_, seed) =>
    simulateSearch({ parameters: { ...parameters, ...rule, seed }, questions: 100, flat: options.flat }),
  );
}

const mean = (results: readonly SimulatedResult[], of: (result: SimulatedResult) => number): number =>
  results.reduce((sum, result) => sum + of(result), 0) / results.length;
const flattery = ({ searched, truth }: SimulatedResult): number => searched - truth;

describe("a search in which there is nothing to find", () => {
  const paper = searches(60, { flat: true, tested: false });
  const tested = searches(60, { flat: true, tested: true });

  it("accepts about the tests' level of the positions that score higher, where the paper's rule accepts all", () => {
    const accepted = mean(tested, (one) => one.accepted) / mean(tested, (one) => one.challenges);
    expect(accepted).toBeGreaterThan(LEVEL / 2);
    expect(accepted).toBeLessThan(2 * LEVEL);
  });

  it("has less of a score that is luck alone", () => {
    expect(mean(paper, flattery)).toBeGreaterThan(0.07);
    expect(mean(tested, flattery)).toBeLessThan(0.7 * mean(paper, flattery));
  });

  it("costs at most two evaluations a particle and two more in an iteration", () => {
    for (const { evaluations, iterations } of tested) {
      expect(evaluations).toBeLessThanOrEqual(4 + iterations * (4 + 2 * 4 + 2));
    }
    for (const { evaluations, iterations } of paper) expect(evaluations).toBe(4 + 4 * iterations);
  });
});

describe("a search in which there is something to find", () => {
  it("finds it, and says better what it found", () => {
    const paper = searches(60, { flat: false, tested: false });
    const tested = searches(60, { flat: false, tested: true });
    expect(mean(tested, ({ truth, initial }) => truth - initial)).toBeGreaterThan(0);
    expect(mean(tested, flattery)).toBeLessThan(0.7 * mean(paper, flattery));
  });
});

describe("the test of a challenger on two question sets a side", () => {
  /** The share of challengers, those that score higher on their first set, that are accepted on both. */
  function acceptance(gain: number): number {
    const random = new RandomStream({ seed: 21, purpose: `gain ${gain}` });
    const draw = (rate: number): Evaluation => ({
      performance: [Array.from({ length: 150 }, () => (random.uniform() < rate ? 1 : 0))],
    });
    const sides = Array.from({ length: 400 }, () => ({
      challenger: [draw(0.6 - gain), draw(0.6 - gain)] as const,
      incumbent: [draw(0.6), draw(0.6)] as const,
    })).filter(({ challenger, incumbent }) => difficult.score(challenger[0]) > difficult.score(incumbent[0]));
    const accepted = sides.filter(
      (pair) => comparePooled(pair, { objective: difficult, seed: 1, resamples: 0 }).pValue <= LEVEL,
    );
    return accepted.length / sides.length;
  }

  it("accepts a true gain of ten points nearly always and one of five mostly", () => {
    expect(acceptance(0.1)).toBeGreaterThan(0.9);
    expect(acceptance(0.05)).toBeGreaterThan(0.65);
  });

  it("refuses most that are equal", () => {
    expect(acceptance(0)).toBeLessThan(0.5);
  });
});
