import * as format from "./format.js";
import type { Usage } from "./result.js";

/** What a run has taken from other runs, which its full cost includes; undefined where it took nothing. */
export function describeShared({ shared }: Usage): string | undefined {
  if (shared === undefined) return undefined;
  const seconds = Object.values(shared.seconds).reduce((sum, value) => sum + value, 0);
  const counts = [`${format.count(shared.questions)} questions`, `${format.count(shared.tokens)} tokens`];
  return [...counts, `${format.count(shared.calls)} calls`, format.duration(seconds)].join(", ");
}
