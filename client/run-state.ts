/** Where a run is, put together from what the server and the store know. */
import { type Client, WorkflowFailedError } from "@temporalio/client";
import { type Role, workflowId } from "../config/queues.js";
import type { IterationResult, RunResult } from "../report/result.js";
import { latestCheckpoint } from "../store/checkpoints.js";
import type { RunStatus } from "../workflows/messages.js";
import { anyCheckpointSchema } from "./checkpoint-body.js";
import { withAskedAt } from "./asked-at.js";
import type { OpenClient } from "./connection.js";
import { describeError } from "./errors.js";
import { queryStatus } from "./follow-run.js";
import type { FoundRun } from "./known-runs.js";
import { withMissingWorkers } from "./missing-workers.js";
import type { PendingActivity } from "./pending-activities.js";
import { readFinishedResult } from "./run-result.js";
import { withLimit } from "./wait-for-result.js";
import { describeRun } from "./start-run.js";

export type StateName =
  | "running"
  | "paused"
  /** The server has it, but no worker answers for it, or none takes its work. */
  | "without a worker"
  | "completed"
  | "failed"
  | "cancelled"
  | "terminated"
  /** Nothing works on it now; the same `swarm run` goes on with it. */
  | "put down";

export interface RunState {
  readonly runId: string;
  readonly state: StateName;
  /** The run's own account, where it is under way. */
  readonly live: RunStatus | null;
  /** As of the latest checkpoint. */
  readonly iterations: readonly IterationResult[];
  readonly result: RunResult | null;
  /** Why it failed. */
  readonly problem: string | null;
  /** Roles of a cluster whose work nobody takes. */
  readonly missingRoles: readonly Role[];
  /** What it has asked workers for that is not done; what fails is among it. */
  readonly activities: readonly PendingActivity[];
}

/** @param open undefined where no server runs */
export async function readRunState({ run, store }: FoundRun, open: OpenClient | undefined): Promise<RunState> {
  const { runId } = run;
  const client = open?.client;
  const known = client === undefined ? undefined : await describeRun(client, runId);
  const live = client !== undefined && known?.isRunning === true ? ((await queryStatus(client, runId)) ?? null) : null;
  const result = known?.isRunning === true ? undefined : await readFinishedResult(store, runId);
  const checkpoint = await latestCheckpoint(store, runId, anyCheckpointSchema);
  // Whoever has the embedded server has its workers too, at other work perhaps.
  const missing = open?.temporal.embedded === true ? [] : (known?.missingRoles ?? []);
  const state = nameState({ server: known?.status, live, isDone: result !== undefined, missing });
  return {
    runId,
    state,
    live: live === null ? null : withMissingWorkers(live, missing),
    iterations: live?.iterations ?? checkpoint?.body.iterations ?? result?.iterations ?? [],
    result: result ?? null,
    problem: state === "failed" && client !== undefined ? await failureOf(client, runId) : null,
    missingRoles: missing,
    activities: client === undefined ? [] : await withAskedAt(client, known?.activities ?? []),
  };
}

function nameState(seen: {
  readonly server: string | undefined;
  readonly live: RunStatus | null;
  readonly isDone: boolean;
  readonly missing: readonly Role[];
}): StateName {
  const { server, live, isDone, missing } = seen;
  if (server === "RUNNING") {
    if (live === null || missing.length > 0) return "without a worker";
    return live.waitingFor === null ? "running" : "paused";
  }
  if (isDone) return "completed";
  if (server === "FAILED" || server === "TIMED_OUT") return "failed";
  if (server === "CANCELLED") return "cancelled";
  if (server === "TERMINATED") return "terminated";
  return "put down";
}

async function failureOf(client: Client, runId: string): Promise<string | null> {
  try {
    await withLimit(client, () => client.workflow.getHandle(workflowId(runId)).result());
    return null;
  } catch (error) {
    return error instanceof WorkflowFailedError ? describeError(error).message : null;
  }
}
