import { describe, expect, it } from "vitest";
import { isSpent } from "../../workflows/budget.js";
import { addUsage, NO_USAGE } from "../../workflows/usage.js";

const own = { questions: 1, tokens: 10, calls: 2, usd: 0.5, seconds: { sample: 1 } };
const shared = { questions: 3, tokens: 30, calls: 4, seconds: { answer: 2 } };

describe("what work cost", () => {
  it("is added up by stage, and what was taken from other runs apart from what was not", () => {
    const sum = addUsage(addUsage({ ...own, shared }, own), { ...own, shared: { ...shared, seconds: { sample: 5 } } });
    expect(sum).toEqual({
      questions: 3,
      tokens: 30,
      calls: 6,
      usd: 1.5,
      seconds: { sample: 3 },
      shared: { questions: 6, tokens: 60, calls: 8, seconds: { answer: 2, sample: 5 } },
    });
  });

  it("says nothing of sharing where nothing was shared", () => {
    expect(addUsage(NO_USAGE, own)).toEqual(own);
  });

  it.each(["questions", "tokens"] as const)(
    "spends a budget of %s alike, whether work was done or taken: a run ends where it ends in every store",
    (kind) => {
      const budget = { questions: null, tokens: null, usd: null, [kind]: own[kind] + shared[kind] };
      expect(isSpent({ budget }, { ...own, shared })).toBe(true);
      expect(isSpent({ budget }, { ...own, [kind]: own[kind] + shared[kind] })).toBe(true);
      expect(isSpent({ budget }, own)).toBe(false);
    },
  );
});
