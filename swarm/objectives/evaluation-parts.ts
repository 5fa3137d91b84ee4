/** Evaluations taken apart and put together, question by question. */
import type { Evaluation } from "./evaluation.js";

/** The evaluation of some questions alone, in the order of `questions`; a question may come more than once. */
export function pickQuestions(evaluation: Evaluation, questions: readonly number[]): Evaluation {
  const pick = <Value>(values: readonly Value[]): Value[] => questions.map((question) => values[question] as Value);
  const { performance, questionSets, relevance } = evaluation;
  return {
    ...evaluation,
    performance: performance.map(pick),
    questionSets: questionSets && pick(questionSets),
    relevance: relevance && pick(relevance),
  };
}

/**
 * The questions of several evaluations by the same takers, one after another. What is known of one of them only, and which sets
 * questions were from, is left out.
 */
export function joinEvaluations(evaluations: readonly [Evaluation, ...Evaluation[]]): Evaluation {
  const [{ performance, seedPerformance }] = evaluations;
  const relevance = evaluations.flatMap((one) => (one.relevance === undefined ? [] : [one.relevance]));
  return {
    performance: performance.map((_, taker) => evaluations.flatMap((one) => one.performance[taker] ?? [])),
    seedPerformance,
    relevance: relevance.length === evaluations.length ? relevance.flat() : undefined,
  };
}

/** Parts a list of questions into sets of about the same size, each of neighbours. */
export function inSets(questions: number, sets: number): number[] {
  return Array.from({ length: questions }, (_, index) => Math.floor((index * sets) / questions));
}
