export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * 95 % interval of a share (Wilson 1927), sound at 0 and 1 too. For grades between 0 and 1 that are not all 0 or 1 it is wider than
 * need be, since their variance is at most share (1 - share). Null where nothing was observed.
 */
export function wilsonInterval(share: number, trials: number): Interval | null {
  if (trials <= 0) return null;
  const spread = (Z * Z) / trials;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials))) / (1 + spread);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
