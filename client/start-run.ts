import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from "@temporalio/client";
import { z } from "zod";
import type { RunRef } from "../activities/run-inputs.js";
import { type Role, RUN_WORKFLOWS, TASK_QUEUES, workflowId } from "../config/queues.js";
import type { AVAILABLE_KINDS } from "../config/schema.js";
import type { DataSwarmInput } from "../workflows/data-swarm.js";
import { InputError } from "./errors.js";
import { missingRoles } from "./missing-workers.js";

/** What lists show of a run without asking its worker. */
const memoSchema = z.object({ storeUri: z.string(), configDigest: z.string(), objective: z.string() });
export type RunMemo = z.infer<typeof memoSchema>;

export interface StartRunOptions {
  readonly client: Client;
  readonly kind: (typeof AVAILABLE_KINDS)[number];
  readonly input: DataSwarmInput;
  readonly memo: RunMemo;
}

/**
 * Starts a run's workflow, or joins the one that is under way. One that failed, was cancelled or terminated starts again: all
 * that it had done is found in the store.
 *
 * @returns whether it had completed before
 * @throws InputError `OTHER_CONFIG` where a run of this id is under way with another config or store
 */
export async function startRun({
  client,
  kind,
  input,
  memo,
}: StartRunOptions): Promise<"started" | "joined" | "completed"> {
  const id = workflowId(input.run.runId);
  const known = await describeRun(client, input.run.runId);
  if (known?.isRunning === true) {
    refuseOther(input.run, memo, known.memo);
    return "joined";
  }
  try {
    await client.workflow.start(RUN_WORKFLOWS[kind], {
      workflowId: id,
      taskQueue: TASK_QUEUES.cpu,
      args: [input],
      memo: { ...memo },
      // Another process may have started it in between.
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
    });
    return "started";
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return "completed";
    throw error;
  }
}

export interface KnownWorkflow {
  readonly isRunning: boolean;
  /** `RUNNING`, `COMPLETED`, `FAILED`, ... */
  readonly status: string;
  readonly memo: RunMemo | undefined;
  /** Where the run is; runs of older versions may not say. */
  readonly storeUri: string | undefined;
  /** Roles whose work nobody takes. */
  readonly missingRoles: readonly Role[];
}

/** What the server knows of a run; `undefined` where it knows none of this id. */
export async function describeRun(client: Client, runId: string): Promise<KnownWorkflow | undefined> {
  try {
    const { status, memo, raw } = await client.workflow.getHandle(workflowId(runId)).describe();
    return {
      isRunning: status.name === "RUNNING",
      status: status.name,
      memo: readMemo(memo),
      storeUri: storeOf(memo),
      missingRoles: missingRoles(raw),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

function readMemo(memo: unknown): RunMemo | undefined {
  return memoSchema.safeParse(memo).data;
}

/** Scheduled runs say no more than this. */
export function storeOf(memo: unknown): string | undefined {
  return memoSchema.pick({ storeUri: true }).safeParse(memo).data?.storeUri;
}

function refuseOther(run: RunRef, ours: RunMemo, theirs: RunMemo | undefined): void {
  if (theirs === undefined) return;
  const isSame = theirs.configDigest === ours.configDigest && theirs.storeUri === ours.storeUri;
  if (isSame) return;
  const what =
    theirs.configDigest === ours.configDigest ? `in another store (${theirs.storeUri})` : "with another config";
  throw new InputError("OTHER_CONFIG", `run ${run.runId} is under way ${what}; choose another --id`);
}
