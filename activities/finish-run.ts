import { createHash } from "node:crypto";
import type { BestResult, FreshScore, InitialResult, IterationResult, RunResult, Usage } from "../report/result.js";
import { canonicalJson } from "../config/canonical-json.js";
import { readJson, writeJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { Evaluation } from "../swarm/objectives/evaluation.js";
import { objectiveOf } from "../swarm/objectives/registry.js";
import type { SwarmState } from "../swarm/state.js";
import { bootstrapDifference, bootstrapInterval } from "../swarm/statistics/bootstrap.js";
import { compareDifficulty } from "../swarm/statistics/compare-difficulty.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { readEvaluation } from "./read-evaluation.js";
import type { RunRef } from "./run-inputs.js";
import { sampleSummarySchema } from "./sample-questions.js";

export interface FinishRequest {
  readonly run: RunRef;
  readonly swarm: SwarmState;
  readonly iterations: readonly IterationResult[];
  readonly usage: Usage;
  readonly stoppedBecause: RunResult["stoppedBecause"];
}

interface Measured {
  readonly fresh: FreshScore;
  /** Undefined where too few questions were valid to be graded. */
  readonly evaluation: Evaluation | undefined;
}

const NO_SCORE: FreshScore = { score: null, low: null, high: null, questions: 0 };

/** Computes what the run found from its fresh measurements and writes `result.json`. */
export async function finishRun(dependencies: ActivityDependencies, request: FinishRequest): Promise<RunResult> {
  const { run, swarm, iterations, usage, stoppedBecause } = request;
  const context = await dependencies.openRun(run);
  const { store, config, inputs } = context;

  const measuredInitial = await Promise.all(
    swarm.particles.map((_, particle) => measure(context, keys.fresh(run.runId, `initial-${particle}`))),
  );
  const initial = measuredInitial.map(({ fresh }, particle): InitialResult => ({ particle, fresh }));
  const best = swarm.globalBest === null ? null : await describeBest(context, swarm.globalBest, measuredInitial);
  const decided = { kind: config.kind, configDigest: inputs.configDigest, iterations, initial, best };
  const result: RunResult = {
    runId: run.runId,
    ...decided,
    objective: objectiveOf(config.objective).name,
    digest: createHash("sha256").update(canonicalJson(decided)).digest("hex"),
    usage,
    stoppedBecause,
  };
  await writeJson(store, keys.result(run.runId), result);
  return result;
}

async function describeBest(
  context: RunContext,
  globalBest: NonNullable<SwarmState["globalBest"]>,
  initial: readonly Measured[],
): Promise<BestResult> {
  const folder = keys.fresh(context.runId, "best");
  const best = await measure(context, folder);
  const { validRate, novelRate } = await readJson(context.store, keys.sampling(folder), sampleSummarySchema);
  const strongest = initial.reduce((one, other) =>
    (other.fresh.score ?? -Infinity) > (one.fresh.score ?? -Infinity) ? other : one,
  );
  return {
    particle: globalBest.particle,
    iteration: globalBest.iteration,
    searched: globalBest.score,
    fresh: best.fresh,
    validRate,
    novelRate,
    ...compare(context, best.evaluation, strongest.evaluation),
  };
}

/** Scores a folder of fresh questions with a bootstrap interval over questions. */
async function measure(context: RunContext, folder: string): Promise<Measured> {
  const { store, config } = context;
  if ((await store.stat(keys.score(folder))) === undefined) return { fresh: NO_SCORE, evaluation: undefined };
  const { evaluation, questions } = await readEvaluation(context, folder);
  const interval = bootstrapInterval(evaluation, {
    objective: objectiveOf(config.objective),
    seed: config.seed,
    resamples: config.evaluation.bootstrapSamples,
  });
  return { fresh: { ...interval, questions: questions.length }, evaluation };
}

/** One-tailed: the paper's z-test on graded answers for *difficult* (appendix C), a bootstrap for every other objective. */
function compare(
  { config }: RunContext,
  candidate: Evaluation | undefined,
  reference: Evaluation | undefined,
): Pick<BestResult, "pValue" | "pValueAdjusted"> {
  if (candidate === undefined || reference === undefined) return { pValue: null, pValueAdjusted: null };
  const objective = objectiveOf(config.objective);
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
