import { describe, expect, it } from "vitest";
import { consistent } from "../../../swarm/objectives/consistent.js";
import { difficult } from "../../../swarm/objectives/difficult.js";
import { personalized } from "../../../swarm/objectives/personalized.js";
import { pseudoValues } from "../../../swarm/objectives/pseudo-values.js";
import { separate } from "../../../swarm/objectives/separate.js";

describe("what a question is worth", () => {
  it("is its own value where the objective is a mean over questions", () => {
    const relevance = [0.25, 0.75, 0.5];
    const values = pseudoValues(personalized, { performance: [], relevance });
    for (const [question, value] of values.entries()) expect(value).toBeCloseTo(relevance[question]!, 12);
  });

  // One taker: difficult is 1 - its mean. Two takers: the better one decides, here the first, with or without any question.
  it("is whether the best taker fails where leaving it out does not change who that is", () => {
    const performance = [
      [1, 0, 1, 1],
      [0, 0, 1, 0],
    ];
    const values = pseudoValues(difficult, { performance });
    for (const [question, value] of values.entries()) expect(value).toBeCloseTo(1 - performance[0]![question]!, 12);
  });

  // By hand: f(all) = 1 - max(2/3, 1/3) = 1/3; without question 0: 1 - max(1/2, 1/2) = 1/2; without 1: the same; without 2: 1 - 1 = 0.
  it("follows the formula where the best taker changes", () => {
    const performance = [
      [1, 1, 0],
      [0, 0, 1],
    ];
    const values = pseudoValues(difficult, { performance });
    expect(values[0]).toBeCloseTo(0, 12);
    expect(values[1]).toBeCloseTo(0, 12);
    expect(values[2]).toBeCloseTo(1, 12);
  });

  it("is higher for a question that tells takers apart", () => {
    const performance = [
      [1, 1, 0],
      [0, 1, 0],
    ];
    const [apart, bothRight, bothWrong] = pseudoValues(separate, { performance }) as [number, number, number];
    expect(apart).toBeGreaterThan(bothRight);
    expect(bothRight).toBeCloseTo(bothWrong, 12);
  });

  it("is the same for questions with the same grades", () => {
    const [first, second] = pseudoValues(difficult, { performance: [[1, 1, 0, 1]] });
    expect(first).toBe(second);
  });

  // By hand: without a question of the set with mean 1 all sets keep their means, without a right one of another its mean falls to 0.
  it("tells questions with the same grades apart by their sets, where those count", () => {
    const evaluation = { performance: [[1, 1, 0, 1, 0, 1, 0, 1]], questionSets: [0, 0, 1, 1, 2, 2, 3, 3] };
    const values = pseudoValues(consistent, evaluation);
    expect(values[0]).toBe(values[1]);
    expect(values[0]).toBeCloseTo(consistent.score(evaluation), 12);
    expect(values[3]).toBeGreaterThan(values[0]! + 0.1);
  });

  it("tells questions with the same grades apart by relevance, where that counts", () => {
    const values = pseudoValues(personalized, { performance: [[1, 1, 1]], relevance: [0.2, 0.9, 0.4] });
    expect(values[1]).toBeCloseTo(0.9, 12);
    expect(values[0]).toBeCloseTo(0.2, 12);
  });

  it("refuses a single question, without which nothing is left", () => {
    expect(() => pseudoValues(difficult, { performance: [[1]] })).toThrow(
      expect.objectContaining({ code: "INVALID_EVALUATION" }),
    );
  });
});
