import { type Evaluation, questionCount } from "./evaluation.js";
import type { Objective } from "./objective.js";

/**
 * What each question is worth to an objective of sets: the jackknife's pseudo-values, n f(all) - (n - 1) f(all but the question)
 * (Tukey 1958). Of an objective that is a mean over questions they are the questions' own values; of every other one they say
 * which questions to keep.
 *
 * @param evaluation of n = 2 questions or more; leaving one out must leave what the objective needs
 * @returns shape (n), in the order of the questions
 * @throws ObjectiveError `INVALID_EVALUATION`
 */
export function pseudoValues(objective: Objective, evaluation: Evaluation): number[] {
  const count = questionCount(evaluation);
  const all = objective.score(evaluation);
  return Array.from({ length: count }, (_, question) => {
    const rest = objective.score(without(evaluation, question));
    return count * all - (count - 1) * rest;
  });
}

function without(evaluation: Evaluation, question: number): Evaluation {
  const { performance, questionSets, relevance } = evaluation;
  const drop = <Value>(values: readonly Value[]): Value[] => values.toSpliced(question, 1);
  return {
    ...evaluation,
    performance: performance.map(drop),
    questionSets: questionSets && drop(questionSets),
    relevance: relevance && drop(relevance),
  };
}
