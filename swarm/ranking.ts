/**
 * The order of scores. Null, "no score" (design: too few valid questions), is below every number: it is never best, and it is worst.
 * Both comparisons are strict, so that of equals the older one stays.
 */

export function isBetter(score: number | null, than: number | null): score is number {
  return score !== null && (than === null || score > than);
}

export function isWorse(score: number | null, than: number | null): boolean {
  return than !== null && (score === null || score < than);
}
