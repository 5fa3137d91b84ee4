import { rankCorrelation } from "../statistics/rank-correlation.js";
import { checkEvaluation } from "./evaluation.js";
import type { Objective, ObjectiveNeeds } from "./objective.js";
import { takerPerformance } from "./performance.js";

/**
 * A performance below this counts as this much before the vectors are normalised: one question in the paper's 200. The divergence
 * is infinite at 0, which the paper's judge never gives (its lowest grade is 0.1) and an exact grader does.
 */
export const PERFORMANCE_FLOOR = 0.005;

const needs: ObjectiveNeeds = { takers: 2, questionSets: 1, seedPerformance: true, relevance: false };

/**
 * KL(performance on D ‖ performance on D_gen) of the vectors over takers, each made to sum to 1; in nats, 0 or more
 * (Data Swarms, section 2.2; the direction and the logarithm are those of the paper's code).
 */
export const novel: Objective = {
  name: "novel",
  description: "takers' relative strength differs from that on the seed data: Kullback-Leibler divergence",
  needs,
  score(evaluation) {
    checkEvaluation(evaluation, needs);
    return divergence(evaluation.seedPerformance ?? [], takerPerformance(evaluation.performance));
  },
};

/** 1 - Spearman's rank correlation of the two vectors; 0 (same ranking) to 2 (reversed). Where all takers tie it is 1. */
export const novelRanking: Objective = {
  name: "novel-ranking",
  description: "takers rank differently from how they do on the seed data: 1 - Spearman's rank correlation",
  needs,
  score(evaluation) {
    checkEvaluation(evaluation, needs);
    const generated = takerPerformance(evaluation.performance);
    return 1 - rankCorrelation(roundedOff(evaluation.seedPerformance ?? []), roundedOff(generated));
  },
};

/** Means that differ by rounding errors only are ties. */
function roundedOff(performance: readonly number[]): number[] {
  return performance.map((value) => Math.round(value * 1e12));
}

function divergence(seed: readonly number[], generated: readonly number[]): number {
  const q = distribution(generated);
  const terms = distribution(seed).map((share, taker) => share * Math.log(share / (q[taker] as number)));
  // The divergence is never negative; rounding is, by about 1e-17, where the vectors are nearly equal.
  return Math.max(
    0,
    terms.reduce((sum, term) => sum + term, 0),
  );
}

function distribution(performance: readonly number[]): number[] {
  const floored = performance.map((value) => Math.max(value, PERFORMANCE_FLOOR));
  const total = floored.reduce((sum, value) => sum + value, 0);
  return floored.map((value) => value / total);
}
