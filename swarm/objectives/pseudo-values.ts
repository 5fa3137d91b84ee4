import { type Evaluation, questionCount } from "./evaluation.js";
import type { Objective } from "./objective.js";

/**
 * What each question is worth to an objective: its own `worth` where it has one, else the jackknife's pseudo-values, n f(all) - (n - 1) f(all but the question)
 * (Tukey 1958). Of an objective that is a mean over questions they are the questions' own values; of every other one they say
 * which questions to keep. Questions with the same grades and relevance in the same set have the same value.
 *
 * @param evaluation of n = 2 questions or more; leaving one out must leave what the objective needs
 * @returns shape (n), in the order of the questions
 * @throws ObjectiveError `INVALID_EVALUATION`
 */
export function pseudoValues(objective: Objective, evaluation: Evaluation): number[] {
  if (objective.worth !== undefined) return objective.worth(evaluation);
  const count = questionCount(evaluation);
  const all = objective.score(evaluation);
  // A graded question has few columns that it can be: with a look at each of them only, thousands of questions take no longer.
  const known = new Map<string, number>();
  return Array.from({ length: count }, (_, question) => {
    const column = columnOf(objective, evaluation, question);
    const value = known.get(column) ?? count * all - (count - 1) * objective.score(without(evaluation, question));
    known.set(column, value);
    return value;
  });
}

/** All that an objective sees of a question. */
function columnOf(
  { needs }: Objective,
  { performance, questionSets, relevance }: Evaluation,
  question: number,
): string {
  const sets = needs.questionSets > 1 ? questionSets?.[question] : undefined;
  return [...performance.map((row) => row[question]), sets, needs.relevance ? relevance?.[question] : undefined].join();
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
