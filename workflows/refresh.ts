import { executeChild, workflowInfo } from "@temporalio/workflow";
import type { RunRef } from "../activities/run/run-inputs.js";
import type { RunResult } from "../report/result.js";
import type { SampleSummary } from "../activities/sample-questions.js";
import { workflowId } from "../config/queues.js";
import { keys } from "../store/keys.js";
import { cpu, gpu } from "./activity-options.js";

export interface RefreshInput {
  /** Name of the schedule. */
  readonly schedule: string;
  /** The staged run that gives config and inputs; with `sampleOnly` also the generator. */
  readonly source: RunRef;
  /** Only sample from the source run's best generator instead of searching anew. */
  readonly sampleOnly: boolean;
  /** Valid, deduplicated questions wanted. */
  readonly count: number;
}

export interface RefreshResult {
  /** Folder of the dated question set in the store. */
  readonly folder: string;
  readonly sampled: SampleSummary;
}

/** Refreshes a benchmark: searches (or takes the last best generator) and puts a dated question set into the store. */
export async function refresh({ schedule, source, sampleOnly, count }: RefreshInput): Promise<RefreshResult> {
  const { startTime } = workflowInfo();
  const date = startTime.toISOString();
  const folder = keys.release(schedule, startTime);
  const run = sampleOnly ? source : await search(schedule, source, date);
  const { run: writer, seed, ...generator } = await cpu.findBest({ run });
  const sampled = await gpu.sampleQuestions({
    run: writer,
    ...generator,
    folder,
    random: { seed, purpose: `refresh ${schedule} ${date}` },
    count,
    counts: "valid",
  });
  return { folder, sampled };
}

/** Runs the source's config as a run of its own, with a seed of the day. */
async function search(schedule: string, source: RunRef, date: string): Promise<RunRef> {
  const { workflow, ...run } = await cpu.stageRefresh({ source, schedule, date });
  await executeChild<(input: { readonly run: RunRef }) => Promise<RunResult>>(workflow, {
    workflowId: workflowId(run.runId),
    args: [{ run }],
    memo: { storeUri: run.storeUri },
  });
  return run;
}
