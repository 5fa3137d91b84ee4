import { describe, expect, it } from "vitest";
import { inTurn, ratio, type Timing } from "../../bench/side-by-side.js";

describe("inTurn", () => {
  it("runs every way once to warm up, then round by round, each beginning with another", async () => {
    const order: string[] = [];
    const way = (name: string) => async (): Promise<Timing> => {
      order.push(name);
      return { seconds: order.length, processor: 0 };
    };
    const sides = await inTurn({ a: way("a"), b: way("b"), c: way("c") }, 3);
    expect(order.join("")).toBe("abc" + "abc" + "bca" + "cab");
    expect(sides.first.c.seconds).toBe(3);
    expect(sides.rounds.map(({ a }) => a.seconds)).toEqual([4, 9, 11]);
    expect(sides.machine).toHaveLength(4);
  });
});

describe("ratio", () => {
  const timing = (seconds: number, processor: number, tokens = 1) => ({ seconds, processor, tokens });
  const rounds = [
    { ours: timing(1, 1, 10), theirs: timing(2, 6, 10) },
    { ours: timing(2, 1, 10), theirs: timing(10, 7, 20) },
    { ours: timing(4, 1, 10), theirs: timing(4, 8, 10) },
  ];

  it("is the median of the ratios within the rounds, not the ratio of the medians", () => {
    // Within the rounds 2, 5, 1 and 5; the medians are 4.5 and 1.5.
    const withOutlier = [...rounds, { ours: timing(1, 1), theirs: timing(5, 1) }];
    expect(ratio(withOutlier, { of: "theirs", to: "ours", clock: "seconds" })).toBe(3.5);
    expect(ratio(rounds, { of: "theirs", to: "ours", clock: "processor" })).toBe(7);
  });

  it("compares the time for as much work", () => {
    expect(ratio(rounds, { of: "theirs", to: "ours", clock: "seconds" }, ({ tokens }) => tokens)).toBe(2);
  });
});
