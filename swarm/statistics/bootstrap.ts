import type { Evaluation } from "../objectives/evaluation.js";
import type { Objective } from "../objectives/objective.js";
import { RandomStream } from "../random.js";
import { quantile } from "./quantile.js";
import { questionResampler } from "./resample.js";

export interface BootstrapOptions {
  readonly objective: Objective;
  readonly seed: number;
  /** 2,000 where not given. */
  readonly resamples?: number;
  /** Confidence of the interval, 0.95 where not given. */
  readonly level?: number;
}

export interface BootstrapInterval {
  /** Of the evaluation itself. */
  readonly score: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapDifference {
  /** `candidate`'s score less `reference`'s. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** One-tailed: the share of resamples in which the candidate is not above, (1 + times) / (1 + resamples). */
  readonly pValue: number;
}

const RESAMPLES = 2000;
const LEVEL = 0.95;

/**
 * Percentile interval of any objective over questions (Efron 1979): the questions of an evaluation are drawn with replacement,
 * all takers' grades of a question together. Where takers are close, the maximum in *difficult* makes resampled scores a little
 * lower than the score itself; the interval is not corrected for that.
 */
export function bootstrapInterval(evaluation: Evaluation, options: BootstrapOptions): BootstrapInterval {
  const { objective, seed, resamples = RESAMPLES, level = LEVEL } = options;
  const resample = questionResampler(evaluation, new RandomStream({ seed, purpose: "bootstrap-interval" }));
  const score = objective.score(evaluation);
  const scores = Float64Array.from({ length: resamples }, () => objective.score(resample()));
  return { score, ...percentiles(scores, level) };
}

/**
 * How far one generator's questions are above another's on an objective; the two question sets are resampled apart.
 * Where the objective is a maximum over takers that are about equal on one set only, p is too small or too large:
 * `compareDifficulty` says by how much and has a bound that holds.
 */
export function bootstrapDifference(
  evaluations: { readonly candidate: Evaluation; readonly reference: Evaluation },
  options: BootstrapOptions,
): BootstrapDifference {
  const { objective, seed, resamples = RESAMPLES, level = LEVEL } = options;
  const random = new RandomStream({ seed, purpose: "bootstrap-difference" });
  const candidate = questionResampler(evaluations.candidate, random);
  const reference = questionResampler(evaluations.reference, random);
  const difference = objective.score(evaluations.candidate) - objective.score(evaluations.reference);
  const differences = Float64Array.from(
    { length: resamples },
    () => objective.score(candidate()) - objective.score(reference()),
  );
  const notAbove = differences.filter((value) => value <= 0).length;
  return { difference, ...percentiles(differences, level), pValue: (1 + notAbove) / (1 + resamples) };
}

/** The middle `level` of `values`, which are sorted in place. */
export function percentiles(values: Float64Array, level: number): { readonly low: number; readonly high: number } {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must be between 0 and 1, got ${level}`);
  values.sort();
  return { low: quantile(values, (1 - level) / 2), high: quantile(values, (1 + level) / 2) };
}
