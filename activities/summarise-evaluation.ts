import { meanPerformance } from "../swarm/objectives/mean-performance.js";
import { objectives } from "../swarm/objectives/registry.js";
import { bootstrapInterval } from "../swarm/statistics/bootstrap.js";
import type { ActivityDependencies } from "./dependencies.js";
import { readEvaluation } from "./measuring/read-evaluation.js";
import type { RunRef } from "./run/run-inputs.js";

export interface SummariseRequest {
  readonly run: RunRef;
  readonly folder: string;
}

interface Interval {
  readonly score: number;
  readonly low: number;
  readonly high: number;
}

export interface EvaluationSummary {
  readonly questions: number;
  readonly takers: readonly { readonly name: string; readonly performance: Interval }[];
  /** Every objective that needs no more than the takers' answers. */
  readonly objectives: Readonly<Record<string, Interval>>;
}

/** Measures a graded question set: each taker and each objective with a bootstrap interval over questions. */
export async function summariseEvaluation(
  dependencies: ActivityDependencies,
  { run, folder }: SummariseRequest,
): Promise<EvaluationSummary> {
  const context = await dependencies.openRun(run);
  const { config, inputs } = context;
  const { evaluation, questions } = await readEvaluation(context, {
    folder,
    pool: "search",
    needs: meanPerformance.needs,
  });
  const options = { seed: config.seed, resamples: config.evaluation.bootstrapSamples };
  const measurable = [...objectives.values()].filter(
    ({ needs }) =>
      needs.takers > 0 &&
      needs.takers <= inputs.takers.length &&
      !needs.seedPerformance &&
      !needs.relevance &&
      needs.questionSets === 1,
  );
  return {
    questions: questions.length,
    takers: inputs.takers.map(({ name }, index) => ({
      name,
      performance: bootstrapInterval(
        { performance: [evaluation.performance[index] as readonly number[]] },
        { ...options, objective: meanPerformance },
      ),
    })),
    objectives: Object.fromEntries(
      measurable.map((objective) => [objective.name, bootstrapInterval(evaluation, { ...options, objective })]),
    ),
  };
}
