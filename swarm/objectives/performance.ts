/** performance(m | D_gen): each taker's mean over the questions, in the order of the rows. */
export function takerPerformance(performance: readonly (readonly number[])[]): number[] {
  return performance.map(average);
}

/**
 * The mean of a list that is not empty. The sum is compensated (Neumaier 1974), because a score that differs from another by
 * rounding only, as that of the same grades in another order does in a plain sum, would pass for a new best.
 */
export function average(values: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return (total + lost) / values.length;
}
