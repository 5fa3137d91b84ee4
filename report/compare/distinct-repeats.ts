import type { ComparedRun } from "./compared-run.js";

export interface DistinctRepeats {
  /** In the order of seeds. */
  readonly repeats: readonly ComparedRun[];
  /** Runs left out because another of the same seed counts. */
  readonly sameSeed: readonly { readonly left: ComparedRun; readonly counted: ComparedRun }[];
}

/**
 * Runs of one method in one setting differ in their seeds alone. Of two with the same seed the first by id counts: the second one is
 * no repeat, and would make differences look surer than they are.
 */
export function distinctRepeats(runs: readonly ComparedRun[]): DistinctRepeats {
  const ordered = runs.toSorted((one, other) => one.seed - other.seed || (one.runId < other.runId ? -1 : 1));
  const first = new Map<number, ComparedRun>();
  const sameSeed: { left: ComparedRun; counted: ComparedRun }[] = [];
  for (const run of ordered) {
    const counted = first.get(run.seed);
    if (counted === undefined) first.set(run.seed, run);
    else sameSeed.push({ left: run, counted });
  }
  return { repeats: [...first.values()], sameSeed };
}
