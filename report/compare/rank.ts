import type { Cell } from "./cell.js";

/** Means that differ by less than this differ by rounding. */
const ROUNDING = 1e-9;

export interface Ranking<Ranked> {
  /** Those that share the highest mean. */
  readonly best: readonly Ranked[];
  /** Those that share the next; none where more than one is best. */
  readonly second: readonly Ranked[];
}

/** The best and the second best of those that have a mean. */
export function rankMeans<Ranked extends { readonly cell: Pick<Cell, "mean"> }>(
  all: readonly Ranked[],
): Ranking<Ranked> {
  const [best = [], second = []] = tiers(all);
  return { best, second: best.length > 1 ? [] : second };
}

/** Groups of equal means, highest first. */
function tiers<Ranked extends { readonly cell: Pick<Cell, "mean"> }>(all: readonly Ranked[]): Ranked[][] {
  const scored = all.flatMap((ranked) => (ranked.cell.mean === null ? [] : [{ ranked, mean: ranked.cell.mean }]));
  const groups: Ranked[][] = [];
  let lowest = Infinity;
  for (const { ranked, mean } of scored.sort((one, other) => other.mean - one.mean)) {
    if (lowest - mean < ROUNDING) groups.at(-1)?.push(ranked);
    else groups.push([ranked]);
    lowest = mean;
  }
  return groups;
}
