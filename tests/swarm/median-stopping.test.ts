/** Golovin et al. 2017 (Google Vizier), section 3.2.1; all figures worked out by hand. */
import { describe, expect, it } from "vitest";
import { isHopeless, medianThresholds } from "../../swarm/median-stopping.js";

/** A run of two particles, the second of which is never the better one. */
function run(...highest: readonly (number | null)[]) {
  return highest.map((score) => ({ scores: [score === null ? null : score - 0.05, score] }));
}

function rounded(thresholds: readonly (number | null)[]): (number | null)[] {
  return thresholds.map((one) => (one === null ? null : Number(one.toFixed(9))));
}

// Running averages: 0.2 0.3 0.4, 0.4 0.4 0.3 and 0.1 0.15 0.4.
const COMPLETED = [run(0.2, 0.4, 0.6), run(0.4, 0.4, 0.1), run(0.1, 0.2, 0.9)];
const RULE = { afterIterations: 1, leastRuns: 3 };
const thresholds = medianThresholds(COMPLETED, RULE);

describe("the thresholds of the median stopping rule", () => {
  it("are medians of the running averages of the completed runs' objectives", () => {
    expect(rounded(medianThresholds(COMPLETED, { ...RULE, afterIterations: 0 }))).toEqual([0.2, 0.3, 0.4]);
  });

  it("ask nothing before the first iteration after which a run may be stopped", () => {
    expect(rounded(thresholds)).toEqual([null, 0.3, 0.4]);
    expect(rounded(medianThresholds(COMPLETED, { ...RULE, afterIterations: 5 }))).toEqual([
      ...[null, null, null, null, null],
      // From its last iteration on a run keeps its average.
      0.4,
    ]);
  });

  it("are the middle between two where the runs are even in number, some of which ended earlier", () => {
    // At iteration 2: 0.4, and 0.5 as at its last iteration.
    expect(rounded(medianThresholds([COMPLETED[0]!, run(0.5, 0.5)], { afterIterations: 1, leastRuns: 2 }))).toEqual([
      null,
      0.4,
      0.45,
    ]);
  });

  it("are none while fewer runs are complete than must be", () => {
    expect(medianThresholds(COMPLETED.slice(1), RULE)).toEqual([]);
    expect(medianThresholds([], { afterIterations: 0, leastRuns: 0 })).toEqual([]);
  });

  it("leave out iterations without a score, and ask nothing where the middle run has none at all", () => {
    const rule = { afterIterations: 0, leastRuns: 1 };
    expect(rounded(medianThresholds([run(0.2, null, 0.4)], rule))).toEqual([0.2, 0.2, 0.3]);
    expect(rounded(medianThresholds([run(null, 0.3)], rule))).toEqual([null, 0.3]);
    expect(medianThresholds([run(null), run(null), run(0.5)], rule)).toEqual([null]);
  });
});

describe("a run that is held against them", () => {
  it("goes on where its best so far is the median or above, however low its latest score is", () => {
    expect(isHopeless(run(0.1, 0.3), medianThresholds([run(0.3, 0.3)], { afterIterations: 1, leastRuns: 1 }))).toBe(
      false,
    );
    expect(isHopeless(run(0.35, 0.1), thresholds)).toBe(false);
  });

  it("is hopeless where its best so far is strictly below", () => {
    expect(isHopeless(run(0.29, 0.1), thresholds)).toBe(true);
    expect(isHopeless(run(0.35, 0.1, 0.1), thresholds)).toBe(true);
    expect(isHopeless(run(null, null), thresholds)).toBe(true);
  });

  it("is not stopped before the iteration after which it may be, or where nothing is asked", () => {
    expect(isHopeless(run(0.01), thresholds)).toBe(false);
    expect(isHopeless(run(0.01, 0.01, 0.01), [])).toBe(false);
    expect(isHopeless([], thresholds)).toBe(false);
  });

  it("is held to the last of them beyond their end", () => {
    expect(isHopeless(run(0.1, 0.3, 0.39, 0.39, 0.39), thresholds)).toBe(true);
    expect(isHopeless(run(0.1, 0.3, 0.41, 0.1, 0.1), thresholds)).toBe(false);
  });

  it("never is hopeless as one of two equal runs", () => {
    for (const one of COMPLETED) {
      const rule = { afterIterations: 0, leastRuns: 1 };
      const steps = one.map((_, index) => one.slice(0, index + 1));
      expect(steps.map((step) => isHopeless(step, medianThresholds([one], rule)))).toEqual(one.map(() => false));
    }
  });
});
