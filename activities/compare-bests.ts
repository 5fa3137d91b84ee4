import type { Evaluation } from "../swarm/objectives/evaluation.js";
import type { EvaluationRef } from "../swarm/state.js";
import { comparePooled, type PooledComparison } from "../swarm/statistics/pooled-comparison.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { readEvaluation } from "./measuring/read-evaluation.js";
import type { RunRef } from "./run/run-inputs.js";

export interface CompareBestsRequest {
  readonly run: RunRef;
  /** Folders of the graded evaluations of each side. */
  readonly challenger: readonly EvaluationRef[];
  readonly incumbent: readonly EvaluationRef[];
}

/** p is compared with a level of about .2, where its standard error is then .013; and nothing may keep a worker busy for long. */
const MOST_RESAMPLES = 1000;

/** Pools the evaluations of a best and of the position that challenges it, and tests whether the challenger is above (one-tailed). */
export async function compareBests(
  dependencies: ActivityDependencies,
  { run, challenger, incumbent }: CompareBestsRequest,
): Promise<PooledComparison> {
  const context = await dependencies.openRun(run);
  const { config } = context;
  return comparePooled(
    { challenger: await readAll(context, challenger), incumbent: await readAll(context, incumbent) },
    {
      objective: context.objective,
      seed: config.seed,
      resamples: Math.min(config.evaluation.bootstrapSamples, MOST_RESAMPLES),
    },
  );
}

function readAll(context: RunContext, folders: readonly EvaluationRef[]): Promise<Evaluation[]> {
  return Promise.all(
    folders.map(async (folder) => (await readEvaluation(context, { folder, pool: "search" })).evaluation),
  );
}
