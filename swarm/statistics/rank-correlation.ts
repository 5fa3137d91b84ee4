/**
 * Spearman's rank correlation of two lists of equal length, ties at their mean rank (as `scipy.stats.spearmanr`).
 * A list whose values are all equal has no order to agree with: 0, where scipy gives NaN.
 */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) throw new RangeError(`cannot correlate ${one.length} with ${other.length} values`);
  const ranks = meanRanks(one);
  const otherRanks = meanRanks(other);
  const middle = (one.length + 1) / 2;
  let covariance = 0;
  let variance = 0;
  let otherVariance = 0;
  for (const [index, rank] of ranks.entries()) {
    const distance = rank - middle;
    const otherDistance = (otherRanks[index] as number) - middle;
    covariance += distance * otherDistance;
    variance += distance ** 2;
    otherVariance += otherDistance ** 2;
  }
  return variance === 0 || otherVariance === 0 ? 0 : covariance / Math.sqrt(variance * otherVariance);
}

/** Ranks from 1; equal values share the mean of the ranks that they take up. */
function meanRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}
