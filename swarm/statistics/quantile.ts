/**
 * A quantile of ascending numbers by linear interpolation between order statistics, as `numpy.quantile` does (type 7 of
 * Hyndman and Fan 1996). Throws `RangeError` where there is no number or `probability` is not from 0 to 1.
 */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0 || !(probability >= 0 && probability <= 1)) {
    throw new RangeError(`no quantile ${probability} of ${sorted.length} numbers`);
  }
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}
