import { describe, expect, it } from "vitest";
import { composite } from "../../../swarm/objectives/composite.js";
import { consistent } from "../../../swarm/objectives/consistent.js";
import { difficult } from "../../../swarm/objectives/difficult.js";
import { average } from "../../../swarm/objectives/performance.js";
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

  // By hand: the variance is 15/64 over sets of two, a right answer is 3/8 from the mean and a wrong one 5/8.
  it("are by what a question adds to the deviation for consistency, and the score in the mean", () => {
    const evaluation = { performance: [[1, 1, 0, 1, 0, 1, 0, 1]], questionSets: [0, 0, 1, 1, 2, 2, 3, 3] };
    const score = consistent.score(evaluation);
    const root = Math.sqrt((15 / 64) * 2);
    const [right, wrong] = [(9 - 15) / 64, (25 - 15) / 64].map((added) => score - added / (2 * root));
    const values = pseudoValues(consistent, evaluation);
    for (const [question, performance] of evaluation.performance[0]!.entries())
      expect(values[question]).toBeCloseTo(performance === 1 ? right! : wrong!, 12);
    expect(average(values)).toBeCloseTo(score, 12);
  });

  // The same by the plain jackknife, where the number of questions in a set stays as it is: of 4,000 questions it differs little.
  it("agree for consistency with leaving questions out of the deviation that a generator has", () => {
    const right = Array.from({ length: 4000 }, (_, index) => (index % 10 < 3 ? 0 : 1));
    const evaluation = { performance: [right], questionSets: right.map((_, index) => index % 4) };
    const deviation = (values: readonly number[]) => Math.sqrt((average(values) * (1 - average(values))) / 1000);
    const values = pseudoValues(consistent, evaluation);
    for (const question of [0, 3]) {
      const jackknife = 3999 * (deviation(right.toSpliced(question, 1)) - deviation(right));
      expect(values[question]! - consistent.score(evaluation)).toBeCloseTo(jackknife, 4);
    }
  });

  it("of a composite are the weighted ones of its parts", () => {
    const evaluation = { performance: [[1, 1, 0, 1, 0, 1, 0, 1]], questionSets: [0, 0, 1, 1, 2, 2, 3, 3] };
    const mixed = composite([
      { objective: difficult, weight: 0.25 },
      { objective: consistent, weight: 0.75 },
    ]);
    const parts = [pseudoValues(difficult, evaluation), pseudoValues(consistent, evaluation)] as const;
    for (const [question, value] of pseudoValues(mixed, evaluation).entries())
      expect(value).toBeCloseTo(0.25 * parts[0][question]! + 0.75 * parts[1][question]!, 12);
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
