import type { Usage } from "../report/result.js";
import { addUsage, NO_USAGE } from "./usage.js";

/**
 * What the runs of a search have spent together. They begin alike and take that from each other, which costs nobody anything; what
 * none of them made, and all took from elsewhere, is no more than what the one took that took least. Of runs side by side each may
 * have made a part, so that it can be less.
 */
export function usageOfRuns(runs: readonly Usage[]): Usage {
  const own = runs.map(({ shared: _, ...usage }): Usage => usage).reduce(addUsage, NO_USAGE);
  const taken = runs.flatMap(({ shared }) => (shared === undefined ? [] : [shared]));
  if (taken.length < runs.length || taken.length === 0) return own;
  return { ...own, shared: taken.reduce((least, one) => (one.questions < least.questions ? one : least)) };
}
