/**
 * The median stopping rule (Golovin et al. 2017, Google Vizier, section 3.2.1): a trial stops at step s where its best objective
 * by then is strictly worse than the median of the running averages, up to step s, of the objectives of all completed trials.
 *
 * Here a trial is a run of a hyperparameter search, a step an iteration, and its objective the highest score of that iteration.
 * Every run that is done counts as completed, also one that this rule stopped: without those the median would be of survivors
 * only and rise with every stop. From its last iteration on a run counts with the average over all of its iterations.
 */
import { median } from "simple-statistics";
import { isBetter } from "./ranking.js";

/** What the rule looks at: the scores of a run's particles, iteration by iteration from the initial swarm. */
export type ScoresByIteration = readonly { readonly scores: readonly (number | null)[] }[];

export interface MedianStoppingOptions {
  /** The first iteration after which a run may be stopped. */
  readonly afterIterations: number;
  /** Completed runs below which nothing is stopped. */
  readonly leastRuns: number;
}

/** What a run's best must reach, by iteration; null where nothing is asked. The last value holds from there on. */
export type Thresholds = readonly (number | null)[];

/** The medians that a run is held against which starts when `completed` are done; empty where those are too few. */
export function medianThresholds(
  completed: readonly ScoresByIteration[],
  { afterIterations, leastRuns }: MedianStoppingOptions,
): Thresholds {
  if (completed.length === 0 || completed.length < leastRuns) return [];
  const averages = completed.map(runningAverages);
  const longest = Math.max(afterIterations + 1, ...averages.map((one) => one.length));
  return Array.from({ length: longest }, (_, iteration) =>
    iteration < afterIterations
      ? null
      : medianOf(averages.map((one) => one[Math.min(iteration, one.length - 1)] ?? null)),
  );
}

/** Whether a run's best by its latest iteration is strictly below what is asked there. */
export function isHopeless(iterations: ScoresByIteration, thresholds: Thresholds): boolean {
  const latest = Math.min(iterations.length, thresholds.length) - 1;
  const threshold = latest < 0 ? null : (thresholds[latest] as number | null);
  if (threshold === null) return false;
  const best = highest(objectives(iterations));
  return best === null || best < threshold;
}

function objectives(iterations: ScoresByIteration): (number | null)[] {
  return iterations.map(({ scores }) => highest(scores));
}

/** Of the objectives up to each iteration; those without a score are left out, null where there is none. */
function runningAverages(iterations: ScoresByIteration): (number | null)[] {
  let [sum, count] = [0, 0];
  return objectives(iterations).map((objective) => {
    if (objective !== null) [sum, count] = [sum + objective, count + 1];
    return count === 0 ? null : sum / count;
  });
}

/** No score is below every number; null where the middle is that low. */
function medianOf(values: readonly (number | null)[]): number | null {
  const middle = median(values.map((value) => value ?? -Infinity));
  return Number.isFinite(middle) ? middle : null;
}

function highest(scores: readonly (number | null)[]): number | null {
  return scores.reduce<number | null>((best, score) => (isBetter(score, best) ? score : best), null);
}
