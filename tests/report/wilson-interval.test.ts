import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../report/wilson-interval.js";

describe("wilsonInterval", () => {
  // Worked by hand from Wilson (1927) with z = 1.95996; the first is the textbook case n = 10, no event: z² / (n + z²).
  it.each([
    [0, 10, 0, 0.2775],
    [1, 10, 0.7225, 1],
    [0.5, 100, 0.4038, 0.5962],
  ])("of share %s in %s trials is %s to %s", (share, trials, low, high) => {
    const interval = wilsonInterval(share, trials);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it("is none where nothing was observed", () => {
    expect(wilsonInterval(0.5, 0)).toBeNull();
  });
});
