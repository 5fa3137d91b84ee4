import { checkEvaluation } from "./evaluation.js";
import type { Objective } from "./objective.js";
import { average } from "./performance.js";

/** k: the question sets that the paper's code samples from one generator. */
const QUESTION_SETS = 4;

/**
 * 1 - the mean over takers of the standard deviation of their performance over the question sets; 0.5 to 1
 * (Data Swarms, section 2.2). It is the population's deviation (divided by k), as `np.std` in the paper's code.
 */
export const consistent: Objective = {
  name: "consistent",
  description: "repeated sampling gives the same performance: 1 - its standard deviation over question sets",
  needs: { takers: 1, questionSets: QUESTION_SETS, seedPerformance: false, relevance: false },
  score(evaluation) {
    checkEvaluation(evaluation, consistent.needs);
    const questions = questionsBySet(evaluation.questionSets ?? []);
    const deviations = evaluation.performance.map((row) =>
      populationDeviation(questions.map((set) => average(set.map((question) => row[question] as number)))),
    );
    return 1 - average(deviations);
  },
  /**
   * Which question is in which set is chance, so none is worth anything by its set. By the generator the deviation of a taker's mean
   * over m questions is sqrt(v / m), v the variance of its performance; to that a question adds (d^2 - v) / (2 sqrt(v m)) for its distance d
   * from the taker's mean (the infinitesimal jackknife, Jaeckel 1972). Worth most are questions of which it is known how takers do on them.
   */
  worth(evaluation) {
    const score = consistent.score(evaluation);
    const { performance, questionSets = [] } = evaluation;
    const setSize = questionSets.length / new Set(questionSets).size;
    const added = performance.map((row) => addedDeviations(row, setSize));
    return questionSets.map((_, question) => score - average(added.map((values) => values[question]!)));
  },
};

function addedDeviations(values: readonly number[], setSize: number): number[] {
  const mean = average(values);
  const squares = values.map((value) => (value - mean) ** 2);
  const variance = average(squares);
  return squares.map((square) => (variance === 0 ? 0 : (square - variance) / (2 * Math.sqrt(variance * setSize))));
}

function questionsBySet(questionSets: readonly number[]): number[][] {
  const sets = new Map<number, number[]>();
  for (const [question, set] of questionSets.entries()) {
    const questions = sets.get(set) ?? [];
    questions.push(question);
    sets.set(set, questions);
  }
  return [...sets.values()];
}

function populationDeviation(values: readonly number[]): number {
  const mean = average(values);
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
}
