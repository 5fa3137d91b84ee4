import { type RunWorkflow, runWorkflow } from "../config/queues.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";
import { stageChild } from "./run/stage-child.js";

export interface StageRefreshRequest {
  readonly source: RunRef;
  readonly schedule: string;
  /** ISO date and time of this refresh. */
  readonly date: string;
}

export interface StagedRefresh extends RunRef {
  readonly workflow: RunWorkflow;
}

const MILLISECONDS_A_DAY = 86_400_000;

/** Lays out a dated run with the source's config and inputs; the day's number is added to the seed, so that no two nights are alike. */
export async function stageRefresh(
  dependencies: ActivityDependencies,
  { source, schedule, date }: StageRefreshRequest,
): Promise<StagedRefresh> {
  const context = await dependencies.openRun(source);
  const seed = context.config.seed + Math.floor(Date.parse(date) / MILLISECONDS_A_DAY);
  const run = await stageChild(context, { runId: `${schedule}-${date.replaceAll(":", "-")}`, changes: { seed } });
  return { ...run, workflow: runWorkflow(context.config) };
}
