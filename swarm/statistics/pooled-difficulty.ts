import { failuresOfBestTaker } from "./compare-difficulty.js";
import { twoProportionTest, type Proportion, type TestResult } from "./two-proportion-test.js";

export interface PooledDifficulty extends TestResult {
  /** Of each question set the wrong answers of its own best taker, added up. */
  readonly candidate: Proportion;
  readonly reference: Proportion;
}

/**
 * `compareDifficulty` for repeated experiments: the one-tailed two-proportion z-test of Data Swarms (appendix C, table 5) on the
 * graded answers of all repeats together. It takes the repeats as they are: where they differ more than their questions explain, p
 * is too small to speak of other seeds (see `testOverRepeats`). Where generators of one method differ as much as the noise of their
 * questions, and methods do not, it is below .05 in 1 - Φ(1.645 / √2) = 12 % of comparisons; where thrice as much, in 30 %.
 *
 * @param options of each side the repeats' `performance[taker][question]`
 * @throws ObjectiveError `INVALID_EVALUATION` where a matrix is empty or ragged
 */
export function comparePooledDifficulty(options: {
  readonly candidate: readonly (readonly (readonly number[])[])[];
  readonly reference: readonly (readonly (readonly number[])[])[];
}): PooledDifficulty {
  const candidate = pool(options.candidate);
  const reference = pool(options.reference);
  return { candidate, reference, ...twoProportionTest({ larger: candidate, smaller: reference }) };
}

function pool(repeats: readonly (readonly (readonly number[])[])[]): Proportion {
  const each = repeats.map(failuresOfBestTaker);
  return {
    events: each.reduce((sum, { events }) => sum + events, 0),
    trials: each.reduce((sum, { trials }) => sum + trials, 0),
  };
}
