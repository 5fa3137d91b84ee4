import { normalUpperTail } from "./normal-distribution.js";

/** Events out of trials. */
export interface Proportion {
  readonly events: number;
  readonly trials: number;
}

export interface TestResult {
  readonly z: number;
  /** One-tailed: how likely a difference at least as large is where both proportions are the same. */
  readonly pValue: number;
}

/**
 * One-tailed two-proportion z-test with pooled variance: whether `larger` is above `smaller`, as
 * `statsmodels.stats.proportion.proportions_ztest(..., alternative="larger")`. Where all or no trials have the event, the
 * proportions are equal and z = 0. Throws `RangeError` where counts are not integers with 0 ≤ events ≤ trials, trials ≥ 1.
 */
export function twoProportionTest({
  larger,
  smaller,
}: {
  readonly larger: Proportion;
  readonly smaller: Proportion;
}): TestResult {
  const difference = rate(larger) - rate(smaller);
  const pooled = (larger.events + smaller.events) / (larger.trials + smaller.trials);
  const variance = pooled * (1 - pooled) * (1 / larger.trials + 1 / smaller.trials);
  const z = variance === 0 ? 0 : difference / Math.sqrt(variance);
  return { z, pValue: normalUpperTail(z) };
}

function rate({ events, trials }: Proportion): number {
  if (!Number.isInteger(events) || !Number.isInteger(trials) || trials < 1 || events < 0 || events > trials) {
    throw new RangeError(`a proportion needs integers 0 ≤ events ≤ trials, trials ≥ 1, got ${events} of ${trials}`);
  }
  return events / trials;
}
