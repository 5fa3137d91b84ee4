import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@temporalio/client";
import proto from "@temporalio/proto";
import { TASK_QUEUES, workflowId } from "../config/queues.js";
import type { RunResult } from "../report/result.js";
import type { RunStatus } from "../workflows/messages.js";
import type { ProgressView } from "./progress/progress-view.js";
import { waitForResult, withLimit } from "./wait-for-result.js";

const POLL_MILLISECONDS = 500;
const QUERY_LIMIT_MILLISECONDS = 3000;
/** After so long without an answer people want to know why. */
const SILENCE_MILLISECONDS = 15_000;
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
 * Shows a run until it ends. Servers and workers may come and go meanwhile. When it returns or throws no call is under way.
 *
 * @throws WorkflowFailedError where the run failed; what `ended` rejects with
 */
export async function followRun({ client, runId, view, ended }: FollowOptions): Promise<Followed> {
  const watching = new AbortController();
  const { signal } = watching;
  let status: RunStatus | undefined;
  const look = async (): Promise<RunStatus | undefined> => {
    const seen = await queryStatus(client, runId);
    if (seen === undefined) return undefined;
    status = seen;
    view.show(seen);
    return seen;
  };
  const polling = poll({ look, client, view, signal });
  const waiting = waitForResult<RunResult>(client, workflowId(runId), signal);
  try {
    const result = await Promise.race([waiting, ended]);
    if (result === undefined) throw new Error("the watching ended without a reason");
    watching.abort();
    await polling;
    // What happened since the last look; a run that has ended can still be asked while there are workers.
    await look();
    return { result, status };
  } finally {
    watching.abort();
    await Promise.allSettled([polling, waiting]);
    view.end();
  }
}

/** The run's own account of itself; `undefined` where no worker answers now. */
export async function queryStatus(client: Client, runId: string): Promise<RunStatus | undefined> {
  const handle = client.workflow.getHandle(workflowId(runId));
  try {
    return await withLimit(client, () => handle.query<RunStatus>("status"), QUERY_LIMIT_MILLISECONDS);
  } catch {
    return undefined;
  }
}

async function poll(options: {
  readonly look: () => Promise<RunStatus | undefined>;
  readonly client: Client;
  readonly view: ProgressView;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { look, client, view, signal } = options;
  let answeredAt = Date.now();
  let quietSince = answeredAt;
  let lastStages = "";
  let hasWarned = false;
  while (!signal.aborted) {
    const status = await look();
    const now = Date.now();
    if (status !== undefined) answeredAt = now;
    const stages = JSON.stringify([status?.iteration, status?.stages]);
    if (status !== undefined && (stages !== lastStages || status.waitingFor !== null)) {
      lastStages = stages;
      quietSince = now;
      hasWarned = false;
    } else if (now - quietSince > SILENCE_MILLISECONDS) {
      quietSince = now;
      const warning = await whyQuiet(client, now - answeredAt > SILENCE_MILLISECONDS);
      if (warning !== undefined && !hasWarned) {
        hasWarned = true;
        view.say(warning);
      }
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}

/** `undefined` where it is only at long work. */
async function whyQuiet(client: Client, hasNoAnswer: boolean): Promise<string | undefined> {
  const missing = await missingWorkers(client);
  if (missing.length > 0) {
    return `no worker for ${missing.join(", ")}: start one with \`swarm worker --roles ${missing.join(",")}\``;
  }
  return hasNoAnswer ? "no worker answers for the run now; it goes on as soon as one does" : undefined;
}

/**
 * Roles whose task queue nobody polls. The server remembers a killed worker's polls for minutes, so a role may be missed later
 * than it is missing. Paid calls may not be needed, so that role is never missed.
 */
async function missingWorkers(client: Client): Promise<string[]> {
  const missing: string[] = [];
  for (const role of ["cpu", "gpu"] as const) {
    const request = {
      namespace: client.options.namespace,
      taskQueue: { name: TASK_QUEUES[role] },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    };
    try {
      const { pollers } = await withLimit(client, () => client.workflowService.describeTaskQueue(request));
      if (pollers.length === 0) missing.push(role);
    } catch {
      // It only helps to say more.
      return [];
    }
  }
  return missing;
}
