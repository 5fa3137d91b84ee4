import { setTimeout as sleep } from "node:timers/promises";
import { type Client, isGrpcServiceError } from "@temporalio/client";
import { TASK_QUEUES, workflowId } from "../config/queues.js";
import type { RunResult } from "../report/result.js";
import type { dataSwarm } from "../workflows/data-swarm.js";
import type { RunStatus } from "../workflows/messages.js";
import type { ProgressView } from "./progress/progress-view.js";

const POLL_MILLISECONDS = 500;
const QUERY_LIMIT_MILLISECONDS = 3000;
/** After so long without an answer people want to know why. */
const SILENCE_MILLISECONDS = 15_000;
const RETRY_MILLISECONDS = 1000;

export interface FollowOptions {
  readonly client: Client;
  readonly runId: string;
  readonly view: ProgressView;
  /** Rejects to end the watching. */
  readonly ended: Promise<never>;
}

export interface Followed {
  readonly result: RunResult;
  /** What was last seen of it. */
  readonly status: RunStatus | undefined;
}

/**
 * Shows a run until it ends. Servers and workers may come and go meanwhile.
 *
 * @throws WorkflowFailedError where the run failed; what `ended` rejects with
 */
export async function followRun({ client, runId, view, ended }: FollowOptions): Promise<Followed> {
  const watching = new AbortController();
  let status: RunStatus | undefined;
  const look = async (): Promise<boolean> => {
    const seen = await queryStatus(client, runId);
    if (seen === undefined) return false;
    status = seen;
    view.show(seen);
    return true;
  };
  const polling = poll({ look, client, view, signal: watching.signal });
  try {
    const result = await Promise.race([waitForResult(client, runId, watching.signal), ended]);
    watching.abort();
    await polling;
    // What happened since the last look; a run that has ended can still be asked while there are workers.
    await look();
    return { result, status };
  } finally {
    watching.abort();
    await polling;
    view.end();
  }
}

/** The run's own account of itself; `undefined` where no worker answers now. */
export async function queryStatus(client: Client, runId: string): Promise<RunStatus | undefined> {
  try {
    return await client.connection.withDeadline(Date.now() + QUERY_LIMIT_MILLISECONDS, () =>
      client.workflow.getHandle(workflowId(runId)).query<RunStatus>("status"),
    );
  } catch {
    return undefined;
  }
}

async function poll(options: {
  readonly look: () => Promise<boolean>;
  readonly client: Client;
  readonly view: ProgressView;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { look, client, view, signal } = options;
  let answeredAt = Date.now();
  let hasWarned = false;
  while (!signal.aborted) {
    if (await look()) {
      answeredAt = Date.now();
      hasWarned = false;
    } else if (!hasWarned && Date.now() - answeredAt > SILENCE_MILLISECONDS) {
      hasWarned = true;
      const missing = await missingWorkers(client);
      if (missing.length > 0) {
        view.say(`no worker for ${missing.join(", ")}: start one with \`swarm worker --roles ${missing.join(",")}\``);
      }
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}

/** Roles whose task queue nobody polls. Paid calls may not be needed, so that role is never missed. */
async function missingWorkers(client: Client): Promise<string[]> {
  const missing: string[] = [];
  for (const role of ["cpu", "gpu"] as const) {
    try {
      const { pollers } = await client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: TASK_QUEUES[role] },
        // Workflow tasks are on the queue of cpu, activities on both.
        taskQueueType: 2,
      });
      if (pollers.length === 0) missing.push(role);
    } catch {
      return [];
    }
  }
  return missing;
}

async function waitForResult(client: Client, runId: string, signal: AbortSignal): Promise<RunResult> {
  for (;;) {
    try {
      return await client.workflow.getHandle<typeof dataSwarm>(workflowId(runId)).result();
    } catch (error) {
      if (signal.aborted || !isServerAway(error)) throw error;
      await sleep(RETRY_MILLISECONDS);
    }
  }
}

const AWAY_CODES = new Set([
  /* CANCELLED */ 1, /* UNKNOWN */ 2, /* DEADLINE_EXCEEDED */ 4, /* RESOURCE_EXHAUSTED */ 8, /* INTERNAL */ 13, /* UNAVAILABLE */ 14,
]);

/** Whether a call failed because the server is being restarted or is busy, not because of what was asked. */
export function isServerAway(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isGrpcServiceError(current)) return AWAY_CODES.has(current.code);
  }
  return false;
}
