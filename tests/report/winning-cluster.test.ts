import { describe, expect, it } from "vitest";
import type { RunResult } from "../../report/result.js";
import { clusterSentence, winningCluster } from "../../report/winning-cluster.js";
import { exampleResult } from "./example-report.js";

/** A search with these scores of the initial generators, won by one of the particles. */
function search(options: {
  readonly particle: number;
  readonly searched: readonly (number | null)[];
  readonly fresh: readonly (number | null)[];
}): RunResult {
  const { particle, searched, fresh } = options;
  return {
    ...exampleResult,
    best: { ...exampleResult.best!, particle },
    iterations: searched.length === 0 ? [] : [{ iteration: 0, scores: searched, best: null, worst: null }],
    initial: fresh.map((score, index) => ({
      particle: index,
      fresh: { score, low: null, high: null, questions: 200 },
    })),
  };
}

describe("winningCluster", () => {
  it("places the winner's initial generator among all by searched and by fresh score", () => {
    expect(
      winningCluster(search({ particle: 2, searched: [0.3, 0.5, 0.25, 0.2], fresh: [0.2, 0.3, 0.4, 0.1] })),
    ).toEqual({
      particle: 2,
      generators: 4,
      searchedRank: 3,
      freshRank: 1,
    });
  });

  it("lets equals share the better place, and puts what has no score after all that have one", () => {
    const ranks = (particle: number) =>
      winningCluster(search({ particle, searched: [0.4, 0.4, null, 0.2], fresh: [] }))?.searchedRank;
    expect([0, 1, 2, 3].map(ranks)).toEqual([1, 1, 4, 3]);
  });

  it("knows no place where no initial generator had a score, or none was measured", () => {
    expect(winningCluster(search({ particle: 0, searched: [null, null], fresh: [] }))).toMatchObject({
      searchedRank: null,
      freshRank: null,
    });
    expect(winningCluster(search({ particle: 0, searched: [], fresh: [] }))).toBeNull();
    expect(winningCluster({ ...exampleResult, best: null })).toBeNull();
  });
});

describe("the sentence on where the winner started", () => {
  it("names the base model where the winner started as that", () => {
    const won = search({ particle: 2, searched: [0.3, 0.5, 0.25], fresh: [0.2, 0.3, 0.4] });
    expect(clusterSentence({ ...won, best: { ...won.best!, startedAsBase: true } })).toBe(
      "It came from the base model, which was third of three by its searched score and first by its fresh score.",
    );
  });

  it("says the place by either score, once where they agree", () => {
    expect(clusterSentence(search({ particle: 2, searched: [0.3, 0.5, 0.25, 0.2], fresh: [0.2, 0.3, 0.4, 0.1] }))).toBe(
      "It came from cluster 2, whose initial generator was third of four by its searched score and first by its fresh score.",
    );
    expect(clusterSentence(exampleResult)).toBe(
      "It came from cluster 1, whose initial generator was first of four by its searched and its fresh score.",
    );
    expect(clusterSentence(search({ particle: 1, searched: [0.3, 0.2], fresh: [null, null] }))).toBe(
      "It came from cluster 1, whose initial generator was second of two by its searched score.",
    );
  });

  it("is not there where there was one generator, or none won", () => {
    expect(clusterSentence(search({ particle: 0, searched: [0.3], fresh: [0.3] }))).toBeUndefined();
    expect(clusterSentence({ ...exampleResult, best: null })).toBeUndefined();
  });
});
