/** Which questions of a set, and which sets, an objective speaks for. All return indices in ascending order. */
import { type Evaluation, questionCount } from "./evaluation.js";
import type { Objective } from "./objective.js";
import { average } from "./performance.js";
import { pseudoValues } from "./pseudo-values.js";

/** The part of some questions that is worth most. */
export interface Elite {
  /** Above 0, to 1; rounded up. */
  readonly share: number;
  /** At least as many, where there are as many: of a handful of questions a model learns nothing but to repeat them. */
  readonly fewest: number;
}

/** The `count` questions that are worth most to the objective; all where there are no more. Throws as `pseudoValues` does. */
export function worthMost(objective: Objective, evaluation: Evaluation, count: number): number[] {
  const questions = questionCount(evaluation);
  if (questions <= count) return Array.from({ length: questions }, (_, question) => question);
  return ascending(byWorth(evaluation, pseudoValues(objective, evaluation)).slice(0, count));
}

/**
 * The questions that raise the objective: without one of them the score is lower. For *difficult* they are those that the best
 * test taker fails.
 *
 * @param fewest where not so many raise it, those that lower it least are taken too
 * @param elite which of those that raise it are taken: all of them where not given
 */
export function raising(objective: Objective, evaluation: Evaluation, fewest: number, elite?: Elite): number[] {
  if (questionCount(evaluation) <= fewest) return worthMost(objective, evaluation, fewest);
  const values = pseudoValues(objective, evaluation);
  const score = objective.score(evaluation);
  // Of n f - (n - 1) f', with f' = f, rounding leaves more or less than f.
  const above = values.filter((value) => value - score > 1e-9).length;
  return ascending(byWorth(evaluation, values).slice(0, Math.max(eliteOf(above, elite), fewest)));
}

function eliteOf(count: number, elite: Elite = { share: 1, fewest: 0 }): number {
  return Math.min(count, Math.max(Math.ceil(elite.share * count), elite.fewest));
}

/** The better half of some sets, rounded up, by their scores: of equals the earlier ones. A set without a score is in no half. */
export function betterHalf(scores: readonly (number | null)[]): number[] {
  const scored = scores.flatMap((score, index) => (score === null ? [] : [{ score, index }]));
  const best = scored.sort((one, other) => other.score - one.score || one.index - other.index);
  return ascending(best.slice(0, Math.ceil(scored.length / 2)).map(({ index }) => index));
}

/** Worth most first; of equals those that takers do worse on, then the earlier ones. */
function byWorth({ performance }: Evaluation, values: readonly number[]): number[] {
  const means = values.map((_, question) =>
    performance.length === 0 ? 0 : average(performance.map((row) => row[question] as number)),
  );
  return values
    .map((_, question) => question)
    .sort((one, other) => values[other]! - values[one]! || means[one]! - means[other]! || one - other);
}

function ascending(indices: readonly number[]): number[] {
  return [...indices].sort((one, other) => one - other);
}
