import { describe, expect, it } from "vitest";
import type { Usage } from "../../report/result.js";
import { usageOfRuns } from "../../workflows/search-usage.js";

/** Questions that a run drew itself, and that it took; a token each. */
function usage(own: number, taken?: number): Usage {
  const of = (count: number) => ({ questions: count, tokens: count, calls: 0, seconds: { sample: count } });
  return { ...of(own), usd: 0.5, ...(taken === undefined ? {} : { shared: of(taken) }) };
}

describe("what the runs of a search have spent", () => {
  it("is what each drew itself: what later ones took, the first one made", () => {
    expect(usageOfRuns([usage(48), usage(24, 24), usage(16, 24)])).toEqual({ ...usage(88), usd: 1.5 });
  });

  it("says apart what the first took as well, since none of them made it", () => {
    // 10 of the 24 were in the store before.
    expect(usageOfRuns([usage(38, 10), usage(24, 24)])).toEqual({ ...usage(62, 10), usd: 1 });
  });

  it("is nothing of no run", () => {
    expect(usageOfRuns([])).toEqual({ questions: 0, tokens: 0, calls: 0, usd: 0, seconds: {} });
  });
});
