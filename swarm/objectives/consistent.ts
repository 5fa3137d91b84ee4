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
};

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
