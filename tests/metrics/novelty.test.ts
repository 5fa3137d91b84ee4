import { describe, expect, it } from "vitest";
import { measureNovelty, NoveltySorter } from "../../metrics/novelty.js";

describe("measureNovelty", () => {
  it("counts what each written question is", () => {
    const generated = ["a", null, "b", "a", "seed", "seed", "c", null];
    expect(measureNovelty({ generated, seed: new Set(["seed", "other"]) })).toEqual({
      classes: ["novel", "invalid", "novel", "duplicate", "copy", "duplicate", "novel", "invalid"],
      written: 8,
      valid: 6,
      duplicates: 2,
      copies: 1,
      novel: 3,
      validRate: 6 / 8,
      duplicateRate: 2 / 6,
      copyRate: 1 / 6,
      novelRate: 3 / 6,
    });
  });

  it("is the same one by one", () => {
    const sorter = new NoveltySorter(new Set(["seed"]));
    expect(["a", "seed", "a", null].map((one) => sorter.add(one))).toEqual(["novel", "copy", "duplicate", "invalid"]);
    expect(sorter.counts()).toEqual({
      written: 4,
      valid: 3,
      duplicates: 1,
      copies: 1,
      novel: 1,
      validRate: 3 / 4,
      duplicateRate: 1 / 3,
      copyRate: 1 / 3,
      novelRate: 1 / 3,
    });
  });

  it("has rates of 0 where nothing was written or nothing is valid", () => {
    expect(measureNovelty({ generated: [], seed: new Set() })).toMatchObject({
      written: 0,
      validRate: 0,
      novelRate: 0,
    });
    expect(measureNovelty({ generated: [null], seed: new Set() })).toMatchObject({ validRate: 0, novelRate: 0 });
  });

  it("finds everything novel where there is neither a seed question nor a repetition", () => {
    const { novelRate, validRate } = measureNovelty({ generated: ["a", "b"], seed: new Set() });
    expect([validRate, novelRate]).toEqual([1, 1]);
  });
});
