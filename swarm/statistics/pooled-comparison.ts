/** Generators that were each evaluated on one or more question sets of their own, of about the same size. */
import { difficult } from "../objectives/difficult.js";
import { type Evaluation, questionCount } from "../objectives/evaluation.js";
import { ObjectiveError } from "../objectives/objective-error.js";
import type { Objective } from "../objectives/objective.js";
import { RandomStream } from "../random.js";
import { comparePooledDifficulty } from "./pooled-difficulty.js";
import { questionResampler } from "./resample.js";

export interface PooledComparison {
  /** Pooled scores. */
  readonly challenger: number;
  readonly incumbent: number;
  /** One-tailed: how likely a challenger is to come out so far ahead that is no better. */
  readonly pValue: number;
}

/**
 * The mean of the evaluations' scores, each weighed by its questions. Not the score of all questions together: objectives such
 * as *novel*, *separate* and *consistent* are higher or lower on larger sets of equal questions, and the better known generator
 * would have the advantage or the disadvantage of that.
 * Throws `INVALID_EVALUATION` where there is no evaluation or one that lacks what the objective needs.
 */
export function pooledScore(objective: Objective, evaluations: readonly Evaluation[]): number {
  if (evaluations.length === 0) throw new ObjectiveError("INVALID_EVALUATION", "there is no evaluation to pool");
  const weights = evaluations.map(questionCount);
  return weighted(
    evaluations.map((evaluation) => objective.score(evaluation)),
    weights,
  );
}

/**
 * Whether a generator is above another one on an objective, one-tailed: for *difficult* the two-proportion z-test on the wrong
 * answers of each evaluation's best taker, for every other objective a bootstrap over the questions of each evaluation. The two
 * sides count as independent: where the same random numbers drew their questions, which makes them go up and down together,
 * the true p is smaller. Throws as `pooledScore` does.
 */
export function comparePooled(
  sides: { readonly challenger: readonly Evaluation[]; readonly incumbent: readonly Evaluation[] },
  options: { readonly objective: Objective; readonly seed: number; readonly resamples: number },
): PooledComparison {
  const { objective } = options;
  const challenger = pooledScore(objective, sides.challenger);
  const incumbent = pooledScore(objective, sides.incumbent);
  const pValue =
    objective.name === difficult.name
      ? comparePooledDifficulty({ candidate: matrices(sides.challenger), reference: matrices(sides.incumbent) }).pValue
      : shareNotAbove(sides, options);
  return { challenger, incumbent, pValue };
}

function matrices(evaluations: readonly Evaluation[]): Evaluation["performance"][] {
  return evaluations.map(({ performance }) => performance);
}

function shareNotAbove(
  sides: { readonly challenger: readonly Evaluation[]; readonly incumbent: readonly Evaluation[] },
  { objective, seed, resamples }: { readonly objective: Objective; readonly seed: number; readonly resamples: number },
): number {
  const random = new RandomStream({ seed, purpose: "pooled-bootstrap" });
  const scoreOf = (evaluations: readonly Evaluation[]): (() => number) => {
    const draws = evaluations.map((evaluation) => questionResampler(evaluation, random));
    const weights = evaluations.map(questionCount);
    return () =>
      weighted(
        draws.map((draw) => objective.score(draw())),
        weights,
      );
  };
  const challenger = scoreOf(sides.challenger);
  const incumbent = scoreOf(sides.incumbent);
  let notAbove = 0;
  for (let resample = 0; resample < resamples; resample++) if (challenger() <= incumbent()) notAbove++;
  return (1 + notAbove) / (1 + resamples);
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, index) => sum + value * (weights[index]! / total), 0);
}
