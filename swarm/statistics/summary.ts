export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** The sample's (divided by count - 1); null where there is one value only. */
  readonly standardDeviation: number | null;
}

/** Mean and standard deviation over repeats of an experiment. Throws `RangeError` where there is no value. */
export function summarise(values: readonly number[]): Summary {
  const count = values.length;
  if (count === 0) throw new RangeError("cannot summarise an empty list");
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, standardDeviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null };
}
