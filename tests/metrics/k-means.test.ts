import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clusterEmbeddings, clusterFrom, type Clusters } from "../../metrics/cluster.js";

interface Case {
  readonly embeddings: number[][];
  readonly clusters: number;
  /** k-means++ centroids that scikit-learn drew, and the inertia that its Lloyd iterations reached from them. */
  readonly starts: readonly { readonly centroids: number[][]; readonly inertia: number }[];
  readonly best: number;
}

/** Written by make_golden.py with scikit-learn. */
const { cases } = JSON.parse(readFileSync(new URL("k-means.golden.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

function checkClusters({ assignments, centroids, sizes, inertia }: Clusters, embeddings: readonly number[][]): void {
  let total = 0;
  for (const [cluster, centroid] of centroids.entries()) {
    const members = embeddings.filter((_, index) => assignments[index] === cluster);
    expect(members.length).toBe(sizes[cluster]);
    for (const [dimension, value] of centroid.entries()) {
      expect(value).toBeCloseTo(members.reduce((sum, member) => sum + member[dimension]!, 0) / members.length, 9);
      total += members.reduce((sum, member) => sum + (member[dimension]! - value) ** 2, 0);
    }
  }
  expect(inertia).toBeCloseTo(total, 8);
}

describe.each(cases.map((each, index) => ({ ...each, index })))("k-means on case $index", (golden) => {
  const { embeddings, clusters, starts, best } = golden;

  it("reaches scikit-learn's inertia from each of the same initial centroids", () => {
    for (const { centroids, inertia } of starts) {
      expect(Math.abs(clusterFrom({ embeddings, centroids }).inertia / inertia - 1)).toBeLessThan(1e-6);
    }
  });

  it("is within 1 % of scikit-learn's best with its own seeded starts", () => {
    for (const seed of [1, 2, 3]) {
      const found = clusterEmbeddings({ embeddings, clusters, seed });
      expect(found.inertia).toBeLessThanOrEqual(best * 1.01);
      checkClusters(found, embeddings);
    }
  });
});

describe("clusterEmbeddings", () => {
  const { embeddings, clusters } = cases[0]!;

  it("is a function of the seed and of the numbers, whatever array holds them", () => {
    const rounded = embeddings.map((embedding) => Float32Array.from(embedding));
    const found = clusterEmbeddings({ embeddings: rounded, clusters, seed: 5 });
    expect(clusterEmbeddings({ embeddings: rounded.map((each) => [...each]), clusters, seed: 5 })).toEqual(found);
  });

  it("puts every embedding in one cluster where one is asked for", () => {
    expect(clusterEmbeddings({ embeddings, clusters: 1, seed: 5 }).sizes).toEqual([embeddings.length]);
  });

  it("makes a cluster of each where there are as many different embeddings as clusters", () => {
    const found = clusterEmbeddings({ embeddings: [[0], [0], [5], [9], [9]], clusters: 3, seed: 1 });
    expect(found.sizes.toSorted()).toEqual([1, 2, 2]);
    expect(found.inertia).toBe(0);
  });

  it("seeds an empty cluster again at the farthest point", () => {
    // The third centroid is the nearest of no point.
    const points = [[0], [1], [10], [11], [30]];
    const found = clusterFrom({ embeddings: points, centroids: [[0.5], [15], [1000]] });
    expect(found.sizes.toSorted()).toEqual([1, 2, 2]);
    expect(found.inertia).toBeCloseTo(1, 12);
    checkClusters(found, points);
  });

  it("seeds several empty clusters again", () => {
    const points = [[0], [1], [10], [11], [30]];
    const found = clusterFrom({ embeddings: points, centroids: [[0], [0], [0], [0]] });
    expect(Math.min(...found.sizes)).toBe(1);
    checkClusters(found, points);
  });

  it.each([
    ["fewer different embeddings than clusters", [[1], [1], [2]], "TOO_FEW_POINTS"],
    ["no embedding", [], "TOO_FEW_POINTS"],
    ["embeddings of different length", [[1], [1, 2], [3]], "INVALID_EMBEDDINGS"],
    ["a number that is not finite", [[1], [NaN], [3]], "INVALID_EMBEDDINGS"],
  ])("refuses %s", (_, embeddings, code) => {
    expect(() => clusterEmbeddings({ embeddings, clusters: 3, seed: 1 })).toThrow(
      expect.objectContaining({ name: "ClusterError", code }),
    );
  });
});
