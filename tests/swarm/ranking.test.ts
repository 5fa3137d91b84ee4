import { describe, expect, it } from "vitest";
import { firstBest } from "../../swarm/ranking.js";

const best = (scores: readonly (number | null)[]): number | undefined =>
  firstBest([...scores.entries()], ([, score]) => score)?.[0];

describe("the first best of some", () => {
  it("is the highest, of equals the first", () => {
    expect(best([0.1, 0.4, 0.2, 0.4])).toBe(1);
    expect(best([0.4, 0.4])).toBe(0);
  });

  it("is one without a score only where none has one", () => {
    expect(best([null, -1, null])).toBe(1);
    expect(best([null, null])).toBe(0);
    expect(best([])).toBeUndefined();
  });
});
