import { describe, expect, it } from "vitest";
import { inSets, joinEvaluations, pickQuestions } from "../../../swarm/objectives/evaluation-parts.js";

const ONE = {
  performance: [
    [1, 0],
    [0, 0],
  ],
  questionSets: [0, 1],
  seedPerformance: [0.5, 0.25],
  relevance: [0.1, 0.2],
};
const OTHER = { performance: [[1], [1]], seedPerformance: [0.5, 0.25], relevance: [0.3] };

describe("parts of an evaluation", () => {
  it("are picked question by question, in the order asked for", () => {
    expect(pickQuestions(ONE, [1, 0, 1])).toEqual({
      performance: [
        [0, 1, 0],
        [0, 0, 0],
      ],
      questionSets: [1, 0, 1],
      seedPerformance: [0.5, 0.25],
      relevance: [0.2, 0.1, 0.2],
    });
  });

  it("join one after another, without the sets that they were from", () => {
    expect(joinEvaluations([ONE, OTHER])).toEqual({
      performance: [
        [1, 0, 1],
        [0, 0, 1],
      ],
      seedPerformance: [0.5, 0.25],
      relevance: [0.1, 0.2, 0.3],
    });
  });

  it("have no relevance where one of them has none", () => {
    expect(joinEvaluations([ONE, { performance: [[1], [1]] }]).relevance).toBeUndefined();
  });

  it("are parted into neighbours of about the same number", () => {
    expect(inSets(4, 1)).toEqual([0, 0, 0, 0]);
    expect(inSets(6, 4)).toEqual([0, 0, 1, 2, 2, 3]);
  });
});
