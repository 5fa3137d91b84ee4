import { describe, expect, it } from "vitest";
import { consistent } from "../../../swarm/objectives/consistent.js";
import { difficult } from "../../../swarm/objectives/difficult.js";
import { personalized } from "../../../swarm/objectives/personalized.js";
import { betterHalf, type Elite, raising, worthMost } from "../../../swarm/objectives/question-choice.js";
import { separate } from "../../../swarm/objectives/separate.js";

// The first taker is the better one with or without any single question, so that it alone decides what raises the difficulty.
const PERFORMANCE = [
  [1, 0, 1, 1, 0, 1],
  [0, 1, 0, 0, 0, 1],
];

describe("worthMost", () => {
  it("takes the questions that the best taker fails, and of equals those that the others do worse on", () => {
    expect(worthMost(difficult, { performance: PERFORMANCE }, 1)).toEqual([4]);
    expect(worthMost(difficult, { performance: PERFORMANCE }, 2)).toEqual([1, 4]);
    expect(worthMost(difficult, { performance: PERFORMANCE }, 4)).toEqual([0, 1, 2, 4]);
  });

  it("takes those that tell takers apart where the objective is separate", () => {
    expect(worthMost(separate, { performance: PERFORMANCE }, 3)).toEqual([0, 2, 3]);
  });

  it("takes the most relevant questions, whoever answers them", () => {
    expect(worthMost(personalized, { performance: [], relevance: [0.2, 0.9, 0.5, 0.7] }, 2)).toEqual([1, 3]);
  });

  it("takes all where there are no more than are wanted, a single one too", () => {
    expect(worthMost(difficult, { performance: [[1]] }, 5)).toEqual([0]);
    expect(worthMost(difficult, { performance: PERFORMANCE }, Infinity)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("never lowers the score of an objective that is a mean over questions", () => {
    const relevance = [0.31, 0.12, 0.55, 0.5, 0.48, 0.02];
    const kept = worthMost(personalized, { performance: [], relevance }, 3).map((index) => relevance[index]!);
    expect(kept).toEqual([0.55, 0.5, 0.48]);
  });
});

describe("raising", () => {
  it("takes the questions without which the score is lower: those that the best taker fails", () => {
    expect(raising(difficult, { performance: PERFORMANCE }, 1)).toEqual([1, 4]);
  });

  it("takes of them the share that is worth most, rounded up, but as many as the elite has at least and as must be shown", () => {
    const taken = (fewest: number, elite: Elite): number[] =>
      raising(difficult, { performance: PERFORMANCE }, fewest, elite);
    expect(taken(1, { share: 0.5, fewest: 1 })).toEqual([4]);
    expect(taken(1, { share: 0.51, fewest: 1 })).toEqual([1, 4]);
    expect(taken(2, { share: 0.5, fewest: 1 })).toEqual([1, 4]);
    expect(taken(1, { share: 0.5, fewest: 2 })).toEqual([1, 4]);
    expect(taken(1, { share: 0.5, fewest: 9 })).toEqual([1, 4]);
  });

  it("adds those that lower it least where fewer raise it than must be shown", () => {
    expect(raising(difficult, { performance: PERFORMANCE }, 3)).toEqual([0, 1, 4]);
  });

  it("takes what must be shown where all questions are alike", () => {
    expect(raising(difficult, { performance: [[1, 1, 1, 1]] }, 2)).toEqual([0, 1]);
  });

  // By hand: the taker is right on five of eight, so a right answer is 3/8 from its mean and a wrong one 5/8, the deviation √15/8.
  it("takes for consistency those on which a taker does as it mostly does, in whichever set they are", () => {
    const evaluation = { performance: [[1, 1, 0, 1, 0, 1, 0, 1]], questionSets: [0, 0, 1, 1, 2, 2, 3, 3] };
    expect(raising(consistent, evaluation, 1)).toEqual([0, 1, 3, 5, 7]);
  });
});

describe("betterHalf", () => {
  it("takes the better half, rounded up, and of equals the earlier", () => {
    expect(betterHalf([0.5])).toEqual([0]);
    expect(betterHalf([0.1, 0.4, 0.3])).toEqual([1, 2]);
    expect(betterHalf([0.2, 0.2, 0.2, 0.2])).toEqual([0, 1]);
  });

  it("leaves out what has no score", () => {
    expect(betterHalf([null, 0.1, null, 0.2])).toEqual([3]);
    expect(betterHalf([null])).toEqual([]);
  });
});
