import { ObjectiveError } from "./objective-error.js";
import type { ObjectiveNeeds } from "./objective.js";

/** What is known about one generator's questions: the evaluation matrix and measures of the questions. */
export interface Evaluation {
  /** `performance[taker][question]`, 0 to 1; a mean over repeated answers where there are some. Empty where nobody answered. */
  readonly performance: readonly (readonly number[])[];
  /** Which of the separately sampled question sets each question is from, counted from 0; one set where not given. */
  readonly questionSets?: readonly number[] | undefined;
  /** Each taker's mean performance on the seed data, in the order of `performance`. */
  readonly seedPerformance?: readonly number[] | undefined;
  /** Each question's r(d, D_user); see `relevanceToUsers`. */
  readonly relevance?: readonly number[] | undefined;
}

/** Number of questions of an evaluation. */
export function questionCount({ performance, relevance }: Evaluation): number {
  return performance[0]?.length ?? relevance?.length ?? 0;
}

/** Throws `INVALID_EVALUATION` where the evaluation is malformed or lacks what `needs` asks for. */
export function checkEvaluation(evaluation: Evaluation, needs: ObjectiveNeeds): void {
  const { performance, questionSets, seedPerformance, relevance } = evaluation;
  const questions = questionCount(evaluation);
  holds(questions > 0, "an evaluation needs at least one question");
  holds(
    performance.length >= needs.takers,
    `${needs.takers} or more test takers are needed, got ${performance.length}`,
  );
  for (const [taker, row] of performance.entries()) {
    holds(row.length === questions, `taker ${taker} has ${row.length} grades for ${questions} questions`);
    const wrong = row.findIndex((value) => !isPerformance(value));
    holds(wrong === -1, `taker ${taker}, question ${wrong}: performance must be from 0 to 1, got ${row[wrong]}`);
  }
  if (seedPerformance !== undefined || needs.seedPerformance) {
    const given = seedPerformance?.length ?? 0;
    holds(
      given === performance.length,
      `performance on the seed data is needed for ${performance.length} takers, got ${given}`,
    );
    holds(seedPerformance?.every(isPerformance) ?? true, "performance on the seed data must be from 0 to 1");
  }
  if (relevance !== undefined || needs.relevance) {
    const given = relevance?.length ?? 0;
    holds(given === questions, `relevance is needed for ${questions} questions, got ${given}`);
    holds(relevance?.every(Number.isFinite) ?? true, "relevance must be a finite number");
  }
  if (questionSets !== undefined || needs.questionSets > 1)
    checkSets(questionSets ?? [], questions, needs.questionSets);
}

function checkSets(questionSets: readonly number[], questions: number, fewest: number): void {
  holds(
    questionSets.length === questions,
    `question sets are needed for ${questions} questions, got ${questionSets.length}`,
  );
  const wrong = questionSets.find((set) => !Number.isInteger(set) || set < 0);
  holds(wrong === undefined, `a question set is an integer of 0 or more, got ${wrong}`);
  const sets = new Set(questionSets).size;
  holds(sets >= fewest, `questions from ${fewest} sets are needed, got ${sets}`);
}

function isPerformance(value: number): boolean {
  return value >= 0 && value <= 1;
}

function holds(condition: boolean, message: string): void {
  if (!condition) throw new ObjectiveError("INVALID_EVALUATION", message);
}
