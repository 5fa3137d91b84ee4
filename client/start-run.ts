import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from "@temporalio/client";
import { z } from "zod";
import type { RunRef } from "../activities/run/run-inputs.js";
import { type Role, ROLES, type RunWorkflow, TASK_QUEUES, workflowId } from "../config/queues.js";
import type { DataSwarmInput } from "../workflows/data-swarm.js";
import { InputError } from "./errors.js";
import { missingRoles } from "./missing-workers.js";
import { type PendingActivity, pendingActivities } from "./pending-activities.js";

/** What lists show of a run without asking its worker. */
const memoSchema = z.object({ storeUri: z.string(), configDigest: z.string(), objective: z.string() });
export type RunMemo = z.infer<typeof memoSchema>;

export interface StartRunOptions {
  readonly client: Client;
  readonly workflow: RunWorkflow;
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
  workflow,
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
    await client.workflow.start(workflow, {
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
  /** What it has asked workers for that is not done, as have runs that it started. */
  readonly activities: readonly PendingActivity[];
}

/** What the server knows of a run; `undefined` where it knows none of this id. */
export async function describeRun(client: Client, runId: string): Promise<KnownWorkflow | undefined> {
  try {
    const { status, memo, raw } = await client.workflow.getHandle(workflowId(runId)).describe();
    const all = [raw, ...(await describeChildren(client, raw))];
    const missing = new Set(all.flatMap((one) => missingRoles(one)));
    return {
      isRunning: status.name === "RUNNING",
      status: status.name,
      memo: readMemo(memo),
      storeUri: storeOf(memo),
      missingRoles: ROLES.filter((role) => missing.has(role)),
      activities: all.flatMap((one) => pendingActivities(one)),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

type Raw = WorkflowExecutionDescription["raw"];

/** Of a run whose work is done by runs that it started: those, and theirs. */
async function describeChildren(client: Client, { pendingChildren }: Raw): Promise<Raw[]> {
  const children = await Promise.all(
    (pendingChildren ?? []).map(async ({ workflowId: child }) => {
      // It may just have ended.
      const described = await client.workflow
        .getHandle(child ?? "")
        .describe()
        .catch(() => undefined);
      return described === undefined ? [] : [described.raw, ...(await describeChildren(client, described.raw))];
    }),
  );
  return children.flat();
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
