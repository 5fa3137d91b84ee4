import { strongestInitial } from "../../report/headline.js";
import type { Comparison, FreshScore, InitialResult } from "../../report/result.js";
import { keys, type TakerPool } from "../../store/keys.js";
import type { Evaluation } from "../../swarm/objectives/evaluation.js";
import { bootstrapDifference, bootstrapInterval } from "../../swarm/statistics/bootstrap.js";
import { compareDifficulty } from "../../swarm/statistics/compare-difficulty.js";
import type { RunContext } from "../dependencies.js";
import { readEvaluation } from "./read-evaluation.js";

/** One generator's fresh questions, as one pool of takers answered them. */
export interface Measured {
  readonly fresh: FreshScore;
  /** Undefined where too few questions were valid to be graded. */
  readonly evaluation: Evaluation | undefined;
}

const NO_SCORE: FreshScore = { score: null, low: null, high: null, questions: 0 };

/** Scores the fresh questions of a measured generator with a bootstrap interval over questions. */
export async function measureFresh(context: RunContext, label: string, pool: TakerPool): Promise<Measured> {
  const { store, config, runId, objective } = context;
  const folder = keys.fresh(runId, label);
  if ((await store.stat(keys.score(keys.pool(folder, pool)))) === undefined)
    return { fresh: NO_SCORE, evaluation: undefined };
  const { evaluation, questions } = await readEvaluation(context, { folder, pool });
  const interval = bootstrapInterval(evaluation, {
    objective,
    seed: config.seed,
    resamples: config.evaluation.bootstrapSamples,
  });
  return { fresh: { ...interval, questions: questions.length }, evaluation };
}

/** What the result says of the measured initial generators, which are in the order of their particles. */
export function describeInitial(measured: readonly Measured[]): InitialResult[] {
  return measured.map(({ fresh }, particle) => ({ particle, fresh }));
}

/**
 * The best generator against the initial one with the highest score, one-tailed: the paper's z-test on graded answers for
 * *difficult* (appendix C), a bootstrap for every other objective.
 */
export function compareWithInitial(
  { config, objective }: RunContext,
  { evaluation: candidate }: Measured,
  initial: readonly Measured[],
): Comparison {
  const strongest = strongestInitial(describeInitial(initial));
  const reference = strongest === null ? undefined : initial[strongest.particle]?.evaluation;
  if (candidate === undefined || reference === undefined) return { pValue: null, pValueAdjusted: null };
  if (objective.name === "difficult") {
    const { pValue, pValueAdjusted } = compareDifficulty({
      candidate: candidate.performance,
      reference: reference.performance,
    });
    return { pValue, pValueAdjusted };
  }
  const options = { objective, seed: config.seed, resamples: config.evaluation.bootstrapSamples };
  const { pValue } = bootstrapDifference({ candidate, reference }, options);
  return { pValue, pValueAdjusted: null };
}
