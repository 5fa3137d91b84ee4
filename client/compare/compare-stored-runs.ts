import PQueue from "p-queue";
import { compareRuns } from "../../report/compare/compare-runs.js";
import type { Comparison } from "../../report/compare/comparison.js";
import { knownModules, moduleDigests } from "../known-modules.js";
import { chooseRuns, type RunChoice } from "./choose-runs.js";
import { readComparedRun } from "./read-compared-run.js";

/** Runs that are read at a time: each holds all of its grades meanwhile. */
const AT_ONCE = 8;

/** @param options.objectives paths of users' own, besides those that this home knows
 * @throws InputError `UNTRUSTED_OBJECTIVE`, `UNKNOWN_RUN`, `NO_RESULT`, `NOTHING_TO_COMPARE`; StoreError; ConfigError */
export async function compareStoredRuns(
  choice: RunChoice,
  { objectives = [], ...options }: { readonly resamples?: number; readonly objectives?: readonly string[] } = {},
): Promise<Comparison> {
  const modules = [...(await knownModules()), ...(await moduleDigests(objectives))];
  const { runs, unfinished } = await chooseRuns(choice);
  const queue = new PQueue({ concurrency: AT_ONCE });
  const compared = await queue.addAll(
    runs.map(
      ({ found, result }) =>
        () =>
          readComparedRun(found, result, modules),
    ),
  );
  const comparison = compareRuns(compared, options);
  return { ...comparison, warnings: [...leftOut(unfinished), ...comparison.warnings] };
}

function leftOut(unfinished: readonly string[]): string[] {
  if (unfinished.length === 0) return [];
  const what = unfinished.length === 1 ? "run has no result and is" : "runs have no result and are";
  return [`${unfinished.length} ${what} left out: ${unfinished.join(", ")}`];
}
