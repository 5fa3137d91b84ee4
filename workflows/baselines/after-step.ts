import type { IterationResult } from "../../report/result.js";
import { isBetter, isWorse } from "../../swarm/ranking.js";
import { addUsage } from "../usage.js";
import type { BaselineSearch, Step } from "./method.js";

/** The search after a step: what it holds now is what had the highest score, of equals the earlier. */
export function afterStep(search: BaselineSearch, round: number, { outcome, material, usage }: Step): BaselineSearch {
  const { held } = search;
  const score = outcome?.score ?? null;
  return {
    ...search,
    round,
    held: outcome !== null && isBetter(outcome.score, held?.score ?? null) ? { ...outcome, round } : held,
    material,
    iterations: withRound(search.iterations, round, score),
    usage: addUsage(search.usage, usage),
  };
}

/** Adds what a round's questions scored; null is worse than every score. */
export function withRound(
  iterations: readonly IterationResult[],
  round: number,
  score: number | null,
): IterationResult[] {
  const before = iterations.at(-1);
  const isFirst = before === undefined;
  return [
    ...iterations,
    {
      iteration: round,
      scores: [score],
      best: isFirst || isBetter(score, before.best) ? score : before.best,
      worst: isFirst || isWorse(score, before.worst) ? score : before.worst,
    },
  ];
}
