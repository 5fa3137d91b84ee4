import { describe, expect, it } from "vitest";
import { philox4x32, RandomStream } from "../../swarm/random.js";

describe("philox4x32", () => {
  // The known answers of Random123's kat_vectors file for philox4x32 with 10 rounds.
  it.each([
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ] as const)("gives Random123's known answer for counter $counter", ({ counter, key, words }) => {
    expect(philox4x32(counter, key)).toEqual(words);
  });
});

describe("RandomStream", () => {
  const key = { seed: 7, purpose: "test", iteration: 3, particle: 2 };
  const draws = (stream: RandomStream): number[] => Array.from({ length: 9 }, () => stream.uint32());

  it("is a function of its key alone", () => {
    new RandomStream({ ...key, purpose: "something else" }).uint32();
    expect(draws(new RandomStream(key))).toEqual(draws(new RandomStream(key)));
  });

  it("differs where any part of the key differs, also in seeds above 2^32", () => {
    const keys = [
      key,
      { ...key, seed: 8 },
      { ...key, seed: 7 + 2 ** 32 },
      { ...key, purpose: "tset" },
      { ...key, iteration: 4 },
      { ...key, particle: 3 },
      { ...key, iteration: 2, particle: 3 },
    ];
    expect(new Set(keys.map((each) => draws(new RandomStream(each)).join())).size).toBe(keys.length);
  });

  it("draws uniform numbers in [0, 1) with the mean and variance of that distribution", () => {
    const stream = new RandomStream({ seed: 1, purpose: "moments" });
    const values = Array.from({ length: 20_000 }, () => stream.uniform());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    // Five standard errors of the mean and of the variance.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / 20_000));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / 20_000));
  });

  it("draws normal numbers with mean 0 and variance 1", () => {
    const stream = new RandomStream({ seed: 2, purpose: "moments" });
    const values = Array.from({ length: 20_000 }, () => stream.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(20_000));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
  });

  it("draws every integer of a range, ends included", () => {
    const stream = new RandomStream(key);
    const drawn = new Set(Array.from({ length: 200 }, () => stream.integer(-1, 2)));
    expect([...drawn].sort((one, other) => one - other)).toEqual([-1, 0, 1, 2]);
  });

  it("draws indices in proportion to their weights and never one of weight 0", () => {
    const stream = new RandomStream(key);
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 8000; draw++) counts[stream.weightedIndex([0, 1, 3, 0])]! += 1;
    expect(counts[0]).toBe(0);
    expect(counts[3]).toBe(0);
    expect(Math.abs(counts[2]! / 8000 - 0.75)).toBeLessThan(5 * Math.sqrt((0.75 * 0.25) / 8000));
  });

  it("shuffles every order of three about equally often", () => {
    const stream = new RandomStream(key);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const order = stream.shuffle(["a", "b", "c"]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // Chi-squared with 5 degrees of freedom: 25.7 has a probability of 1e-4.
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(6);
    expect(chiSquared).toBeLessThan(25.7);
  });

  it("samples without replacement", () => {
    const sample = new RandomStream(key).sample(["a", "b", "c", "d"], 3);
    expect(sample).toHaveLength(3);
    expect(new Set(sample).size).toBe(3);
  });

  it.each([
    ["a negative seed", () => new RandomStream({ ...key, seed: -1 })],
    ["a seed that is not an integer", () => new RandomStream({ ...key, seed: 0.5 })],
    ["an iteration that is not an integer", () => new RandomStream({ ...key, iteration: 1.5 })],
    ["a particle above 2^32 - 1", () => new RandomStream({ ...key, particle: 2 ** 32 })],
    ["an empty range", () => new RandomStream(key).integer(1, 0)],
    ["an empty list", () => new RandomStream(key).choice([])],
    ["weights that are all 0", () => new RandomStream(key).weightedIndex([0, 0])],
    ["a negative weight", () => new RandomStream(key).weightedIndex([2, -1])],
    ["a negative count", () => new RandomStream(key).sample(["a"], -1)],
  ])("refuses %s", (_, draw) => {
    expect(draw).toThrow(RangeError);
  });
});
