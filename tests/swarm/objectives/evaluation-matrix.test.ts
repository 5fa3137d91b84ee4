import { describe, expect, it } from "vitest";
import { evaluationMatrix } from "../../../swarm/objectives/evaluation-matrix.js";

const takers = ["a", "b"];
const questionIds = ["1", "2"];
const grade = (taker: string, questionId: string, performance: number) => ({ taker, questionId, performance });

describe("evaluationMatrix", () => {
  it("puts grades that come in any order in their place and averages repeated answers", () => {
    const grades = [
      grade("b", "2", 0),
      grade("a", "1", 1),
      grade("b", "2", 1),
      grade("a", "2", 0),
      grade("b", "1", 0.3),
    ];
    expect(evaluationMatrix({ takers, questionIds, grades })).toEqual([
      [1, 0],
      [0.3, 0.5],
    ]);
  });

  it.each([
    ["a missing grade", takers, [grade("a", "1", 1), grade("a", "2", 1), grade("b", "1", 1)]],
    ["a grade of an unknown taker", takers, [grade("c", "1", 1)]],
    ["a grade of an unknown question", takers, [grade("a", "3", 1)]],
    ["two takers of one name", ["a", "a"], []],
  ])("refuses %s", (_, takers, grades) => {
    expect(() => evaluationMatrix({ takers, questionIds, grades })).toThrow(
      expect.objectContaining({ name: "ObjectiveError", code: "INVALID_EVALUATION" }),
    );
  });
});
