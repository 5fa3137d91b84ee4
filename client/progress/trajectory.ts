/** What the iterations so far say, for whoever watches. */
import type { RunStatus } from "../../workflows/messages.js";

/** The best score of the initial swarm; null where none of it had one. */
export function initialBest({ iterations }: RunStatus): number | null {
  const [initial] = iterations;
  return initial === undefined ? null : highest(initial.scores);
}

export function bestSoFar({ iterations }: RunStatus): number | null {
  return iterations.at(-1)?.best ?? null;
}

/** A particle's scores by iteration, the initial one first. */
export function trajectory({ iterations }: RunStatus, particle: number): readonly (number | null)[] {
  return iterations.map(({ scores }) => scores[particle] ?? null);
}

/** Of all scores so far; both ends are 0 where there is none. */
export function scoreRange({ iterations }: RunStatus): { readonly low: number; readonly high: number } {
  const all = iterations.flatMap(({ scores }) => scores).filter((one) => one !== null);
  return all.length === 0 ? { low: 0, high: 0 } : { low: Math.min(...all), high: Math.max(...all) };
}

/**
 * Milliseconds until the search ends where nothing ends it early, going by the mean iteration so far (of a hyperparameter
 * search: the mean run); null where none is done or the search is over.
 */
export function searchTimeLeft(status: RunStatus, now: number): number | null {
  const { phase, iteration, meanIterationMilliseconds: mean, maxIterations, iterations, iterationStartedAt } = status;
  if ((phase !== "search" && phase !== "runs") || mean === null) return null;
  const done = phase === "runs" ? iteration : (iterations.at(-1)?.iteration ?? 0);
  return Math.max(0, (maxIterations - done) * mean - Math.max(0, now - iterationStartedAt));
}

function highest(scores: readonly (number | null)[]): number | null {
  return scores.reduce<number | null>(
    (best, one) => (one !== null && (best === null || one > best) ? one : best),
    null,
  );
}
