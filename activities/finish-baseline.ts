import type { BestResult, IterationResult, RunResult, UnseenResult, Usage } from "../report/result.js";
import { baselineConfig } from "../config/baseline-config.js";
import { readJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { measureFresh } from "./measuring/fresh-measurement.js";
import type { RunRef } from "./run/run-inputs.js";
import { sampleSummarySchema } from "./sample-questions.js";
import { writeResult } from "./measuring/write-result.js";

export interface FinishBaselineRequest {
  readonly run: RunRef;
  /** What the method ended with, by the round that gave it; null where nothing ever had a score. */
  readonly best: { readonly iteration: number; readonly searched: number } | null;
  readonly iterations: readonly IterationResult[];
  readonly usage: Usage;
  readonly stoppedBecause: RunResult["stoppedBecause"];
}

const BEST = "best";
/** A baseline is compared with other runs and not with where it started. */
const NOT_COMPARED = { pValue: null, pValueAdjusted: null } as const;

/** Computes what a baseline gave from its fresh measurement and writes `result.json`. */
export async function finishBaseline(
  dependencies: ActivityDependencies,
  { run, best, iterations, usage, stoppedBecause }: FinishBaselineRequest,
): Promise<RunResult> {
  const context = await dependencies.openRun(run);
  const { method } = baselineConfig(context.config, keys.config(run.runId)).baseline;
  return writeResult(context, {
    decided: { iterations, initial: [], best: best === null ? null : await describeBest(context, best) },
    method,
    unseen: context.inputs.unseenTakers.length === 0 ? null : await describeUnseen(context, best !== null),
    usage,
    stoppedBecause,
  });
}

async function describeBest(
  context: RunContext,
  { iteration, searched }: NonNullable<FinishBaselineRequest["best"]>,
): Promise<BestResult> {
  const { fresh } = await measureFresh(context, BEST, "search");
  const sampling = keys.sampling(keys.fresh(context.runId, BEST));
  const { validRate, novelRate } = await readJson(context.store, sampling, sampleSummarySchema);
  return { particle: 0, iteration, searched, fresh, validRate, novelRate, ...NOT_COMPARED };
}

async function describeUnseen(context: RunContext, hasBest: boolean): Promise<UnseenResult> {
  return {
    takers: context.inputs.unseenTakers.map(({ name }) => name),
    initial: [],
    best: hasBest ? { fresh: (await measureFresh(context, BEST, "unseen")).fresh, ...NOT_COMPARED } : null,
  };
}
