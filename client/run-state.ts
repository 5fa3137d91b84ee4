/** Where a run is, put together from what the server and the store know. */
import { type Client, WorkflowFailedError } from "@temporalio/client";
import { workflowId } from "../config/queues.js";
import type { IterationResult, RunResult } from "../report/result.js";
import { latestCheckpoint } from "../store/checkpoints.js";
import type { RunStatus } from "../workflows/messages.js";
import { checkpointSchema } from "./checkpoint-body.js";
import { describeError } from "./errors.js";
import { queryStatus } from "./follow-run.js";
import type { FoundRun } from "./known-runs.js";
import { readFinishedResult } from "./run-result.js";
import { withLimit } from "./wait-for-result.js";
import { describeRun } from "./start-run.js";

export type StateName =
  | "running"
  | "paused"
  /** The server has it, but no worker answers for it. */
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
}

/** @param client undefined where no server runs */
export async function readRunState({ run, store }: FoundRun, client: Client | undefined): Promise<RunState> {
  const { runId } = run;
  const known = client === undefined ? undefined : await describeRun(client, runId);
  const live = client !== undefined && known?.isRunning === true ? ((await queryStatus(client, runId)) ?? null) : null;
  const result = known?.isRunning === true ? undefined : await readFinishedResult(store, runId);
  const checkpoint = await latestCheckpoint(store, runId, checkpointSchema);
  const state = nameState(known?.status, live, result !== undefined);
  return {
    runId,
    state,
    live,
    iterations: live?.iterations ?? checkpoint?.body.iterations ?? [],
    result: result ?? null,
    problem: state === "failed" && client !== undefined ? await failureOf(client, runId) : null,
  };
}

function nameState(server: string | undefined, live: RunStatus | null, isDone: boolean): StateName {
  if (server === "RUNNING") {
    if (live === null) return "without a worker";
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
