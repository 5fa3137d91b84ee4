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

/** The one with the best score, of equals the first; `undefined` of none. */
export function firstBest<Item>(items: readonly Item[], scoreOf: (item: Item) => number | null): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, item) => (best === undefined || isBetter(scoreOf(item), scoreOf(best)) ? item : best),
    undefined,
  );
}
