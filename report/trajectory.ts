import type { IterationResult, RunResult } from "./result.js";

/** One iteration over all particles; null where no particle had a score. */
export interface TrajectoryPoint {
  readonly iteration: number;
  readonly best: number | null;
  readonly mean: number | null;
  readonly worst: number | null;
  /** Score of the global best after this iteration. */
  readonly bestSoFar: number | null;
  /** Particles without a score. */
  readonly withoutScore: number;
}

export function trajectoryOf(iterations: readonly IterationResult[]): TrajectoryPoint[] {
  return iterations.map(({ iteration, scores, best }) => {
    const scored = scores.filter((score) => score !== null);
    const none = scored.length === 0;
    return {
      iteration,
      best: none ? null : Math.max(...scored),
      mean: none ? null : scored.reduce((sum, score) => sum + score, 0) / scored.length,
      worst: none ? null : Math.min(...scored),
      bestSoFar: best,
      withoutScore: scores.length - scored.length,
    };
  });
}

/** Lowest and highest of all scores with a little room, but none below 0 where no score is; 0 to 1 where there are none. */
export function scoreDomain(result: RunResult): [number, number] {
  const scores = result.iterations.flatMap((iteration) => iteration.scores).filter((score) => score !== null);
  const fresh = result.best?.fresh.score ?? null;
  if (fresh !== null) scores.push(fresh);
  if (scores.length === 0) return [0, 1];
  const low = Math.min(...scores);
  const high = Math.max(...scores);
  const room = high > low ? (high - low) * 0.08 : 0.05;
  return [low < 0 ? low - room : Math.max(0, low - room), high + room];
}
