import { checkEvaluation } from "../objectives/evaluation.js";
import { difficult } from "../objectives/difficult.js";
import { twoProportionTest, type Proportion, type TestResult } from "./two-proportion-test.js";

/** From this performance on an answer counts as correct: judge scores 8 to 10 (Data Swarms, appendix C). Exact grades are 0 or 1. */
export const CORRECT_FROM = 0.8;

export interface DifficultyComparison extends TestResult {
  /** Wrong answers of the taker that answers most of the candidate's questions correctly. */
  readonly candidate: Proportion;
  readonly reference: Proportion;
  /** `pValue` times the reference's number of takers, at most 1: an upper bound that allows for the choice of the best one. */
  readonly pValueAdjusted: number;
}

/**
 * Whether one generator's questions are more *difficult* than another's, as a one-tailed two-proportion z-test on graded answers:
 * of each question set, the share that its own best taker (most correct answers) gets wrong. On 0/1 grades that share is the
 * *difficult* score. Answers are independent within each proportion, one taker and one answer a question.
 *
 * The best taker is chosen on the answers that are tested, so that a set on which several takers are about equally good looks
 * easier than it is. With four takers, 400 questions and no true difference, p < .05 came out in 3 % of trials where one taker
 * led on both sets, in 16 % where four were equal on the reference and one led on the candidate, and in none the other way round
 * (`bootstrapDifference` on *difficult*: 1 %, 27 %, 0 %). `pValueAdjusted` holds in all of them: it is Bonferroni's bound over
 * the reference's takers, each tested against all of the candidate's.
 * Throws `INVALID_EVALUATION` where a matrix is empty or ragged.
 */
export function compareDifficulty(options: {
  /** `performance[taker][question]`. */
  readonly candidate: readonly (readonly number[])[];
  readonly reference: readonly (readonly number[])[];
}): DifficultyComparison {
  const candidate = failuresOfBestTaker(options.candidate);
  const reference = failuresOfBestTaker(options.reference);
  const { z, pValue } = twoProportionTest({ larger: candidate, smaller: reference });
  return { candidate, reference, z, pValue, pValueAdjusted: Math.min(1, pValue * options.reference.length) };
}

/** Wrong answers of the taker that answers most questions correctly, of `performance[taker][question]`. */
export function failuresOfBestTaker(performance: readonly (readonly number[])[]): Proportion {
  checkEvaluation({ performance }, difficult.needs);
  const trials = performance[0]?.length ?? 0;
  const failures = performance.map((row) => row.filter((value) => value < CORRECT_FROM).length);
  return { events: Math.min(...failures), trials };
}
