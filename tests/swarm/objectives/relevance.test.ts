import { describe, expect, it } from "vitest";
import { relevanceToUsers } from "../../../swarm/objectives/relevance.js";

const userQueries = [
  [1, 0],
  [0, 2],
  [-3, 0],
];

describe("relevanceToUsers", () => {
  it("is the mean cosine similarity to the nearest user queries", () => {
    // (2, 0): similarities 1, 0, -1. (3, 4): .6, .8, -.6.
    const questions = [
      [2, 0],
      [3, 4],
    ];
    expect(relevanceToUsers({ questions, userQueries, nearest: 1 })).toEqual([1, 0.8]);
    const [first, second] = relevanceToUsers({ questions, userQueries, nearest: 2 });
    expect(first).toBeCloseTo(0.5, 12);
    expect(second).toBeCloseTo(0.7, 12);
    expect(relevanceToUsers({ questions, userQueries, nearest: 3 })[0]).toBeCloseTo(0, 12);
  });

  it("takes the nearest five where not told otherwise", () => {
    // Similarities of (1, 0): 1 five times, and one -1 that must not count.
    const six = [...Array.from({ length: 5 }, () => Float32Array.of(2, 0)), Float32Array.of(-1, 0)];
    expect(relevanceToUsers({ questions: [[1, 0]], userQueries: six })).toEqual([1]);
  });

  it("does not depend on the length of embeddings or the order of user queries", () => {
    const scaled = userQueries.toReversed().map((query) => query.map((value) => value * 8));
    expect(relevanceToUsers({ questions: [[4, 3]], userQueries: scaled, nearest: 2 })[0]).toBeCloseTo(0.7, 12);
  });

  it.each([
    ["fewer user queries than are compared", { questions: [[1, 0]], userQueries, nearest: 4 }],
    ["an embedding of another length", { questions: [[1, 0, 0]], userQueries, nearest: 1 }],
    ["an embedding of zeros", { questions: [[0, 0]], userQueries, nearest: 1 }],
    ["an embedding that is not finite", { questions: [[NaN, 1]], userQueries, nearest: 1 }],
  ])("refuses %s", (_, options) => {
    expect(() => relevanceToUsers(options)).toThrow(expect.objectContaining({ code: "INVALID_EVALUATION" }));
  });
});
