import { studentUpperTail } from "./student-distribution.js";

/** A mean as far as it is known. */
export interface EstimatedMean {
  readonly mean: number;
  /** Of the mean, not of one value: s² / n over n repeats. */
  readonly variance: number;
  /** Of that variance: n - 1; infinite where the variance was not estimated from repeats. */
  readonly degrees: number;
}

export interface WelchResult {
  readonly t: number;
  /** Welch and Satterthwaite's; infinite where nothing varies. */
  readonly degrees: number;
  /** One-tailed: how likely a difference at least as large is where both means are the same. */
  readonly pValue: number;
}

/**
 * One-tailed t-test of two means with unequal variances (Welch 1947), as `scipy.stats.ttest_ind(equal_var=False,
 * alternative="greater")`. Where neither varies, p is 0, 0.5 or 1 by the sign of the difference.
 */
export function welchTest({
  larger,
  smaller,
}: {
  readonly larger: EstimatedMean;
  readonly smaller: EstimatedMean;
}): WelchResult {
  const difference = larger.mean - smaller.mean;
  const variance = larger.variance + smaller.variance;
  if (!(variance >= 0)) throw new RangeError(`a variance must be 0 or more, got ${variance}`);
  const t = difference === 0 ? 0 : difference / Math.sqrt(variance);
  const spread = larger.variance ** 2 / larger.degrees + smaller.variance ** 2 / smaller.degrees;
  const degrees = spread === 0 ? Infinity : variance ** 2 / spread;
  return { t, degrees, pValue: studentUpperTail(t, degrees) };
}
