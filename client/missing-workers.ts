/** Whether a cluster has workers for what a run needs. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Client, WorkflowExecutionDescription } from "@temporalio/client";
import { optionalTsToMs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import { type Role, ROLES, TASK_QUEUES } from "../config/queues.js";
import type { RunConfig } from "../config/schema.js";
import type { RunStatus } from "../workflows/messages.js";
import { type PendingActivity, pendingActivities } from "./pending-activities.js";
import { newFailingLines } from "./progress/failing-lines.js";
import { WorkLines } from "./progress/work-lines.js";
import { withLimit } from "./wait-for-result.js";
import { workUnderWay } from "./work-under-way.js";

const { PendingActivityState, PendingWorkflowTaskState, TaskQueueType } = proto.temporal.api.enums.v1;
type Time = Parameters<typeof optionalTsToMs>[0];

/** A worker that is there takes work at once. */
const PATIENCE_MILLISECONDS = 8000;
/** How often it is asked whether there are workers. */
export const WORKERS_MILLISECONDS = 2000;
/** A worker that is there and has room asks for work anew after a minute. */
const POLL_MILLISECONDS = 90_000;

/**
 * Roles whose work nobody takes: it has waited for a while, and no other work of theirs is under way in this run. The server
 * counts dead workers among those who poll for minutes, so what waits says sooner that nobody does.
 */
export function missingRoles(
  { pendingActivities, pendingWorkflowTask: task }: WorkflowExecutionDescription["raw"],
  now = Date.now(),
): readonly Role[] {
  const isOverdue = (since: Time): boolean => age(since, now) > PATIENCE_MILLISECONDS;
  const [busy, waiting] = [new Set<string>(), new Set<string>()];
  // While it waits for another try, an activity's time is that of the try.
  for (const { state, scheduledTime, activityOptions } of pendingActivities ?? []) {
    const queue = activityOptions?.taskQueue?.name ?? "";
    if (state === PendingActivityState.PENDING_ACTIVITY_STATE_STARTED) busy.add(queue);
    else if (state === PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED && isOverdue(scheduledTime)) {
      waiting.add(queue);
    }
  }
  if (
    task?.state === PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED &&
    isOverdue(task.originalScheduledTime ?? task.scheduledTime)
  ) {
    waiting.add(TASK_QUEUES.cpu);
  }
  return ROLES.filter((role) => waiting.has(TASK_QUEUES[role]) && !busy.has(TASK_QUEUES[role]));
}

/** The roles that a run needs: paid calls only where a test taker is behind an endpoint. */
export function rolesOf({ takers, unseenTakers }: RunConfig): readonly Role[] {
  const hasEndpoint = [...takers, ...unseenTakers].some((taker) => "endpoint" in taker);
  return ROLES.filter((role) => role !== "llm" || hasEndpoint);
}

/** Of some roles those whose task queue nobody has polled lately, which is all that can be said before there is work. */
export async function unpolledRoles(client: Client, roles: readonly Role[]): Promise<readonly Role[]> {
  // It only helps to say more: where the server does not answer it is left out.
  const polled = await Promise.all(roles.map((role) => isPolled(client, role).catch(() => true)));
  return roles.filter((_, index) => polled[index] === false);
}

async function isPolled(client: Client, role: Role): Promise<boolean> {
  const request = {
    namespace: client.options.namespace,
    taskQueue: { name: TASK_QUEUES[role] },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  };
  const { pollers } = await withLimit(client, () => client.workflowService.describeTaskQueue(request));
  return pollers.some(({ lastAccessTime }) => age(lastAccessTime, Date.now()) < POLL_MILLISECONDS);
}

/** Says which workers a workflow waits for, again where they are others, and what fails, until the signal is aborted. */
export async function tellTroubles(options: {
  readonly client: Client;
  readonly workflowId: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Whoever has the embedded server has its workers too. */
  readonly embedded?: boolean;
}): Promise<void> {
  const { client, workflowId, say, signal, embedded = false } = options;
  const handle = client.workflow.getHandle(workflowId);
  let told = "";
  let activities: readonly PendingActivity[] = [];
  const workLines = new WorkLines();
  while (!signal.aborted) {
    // It only helps to say more: whoever waits for the workflow says what is wrong with the server.
    const seen = await withLimit(client, () => handle.describe()).catch(() => undefined);
    if (seen !== undefined) {
      const missing = embedded ? [] : missingRoles(seen.raw);
      if (missing.length > 0 && missing.join() !== told) say(`waiting for: ${workerAdvice(missing)}`);
      told = missing.join();
      const underWay = pendingActivities(seen.raw);
      for (const line of newFailingLines(activities, underWay, Date.now())) say(line);
      for (const line of workLines.next(workUnderWay(underWay), Date.now())) say(line);
      activities = underWay;
    }
    await sleep(WORKERS_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}

/** What a person can do about it. */
export function workerAdvice(roles: readonly Role[]): string {
  const queues = roles.map((role) => TASK_QUEUES[role]).join(" or ");
  return `a worker: \`swarm worker --roles ${roles.join(",")}\` starts one (none polls ${queues}, or it is busy with other runs)`;
}

/** What a run says of itself, and which workers it waits for: it cannot know that itself. */
export function withMissingWorkers(status: RunStatus, roles: readonly Role[]): RunStatus {
  return roles.length === 0 ? status : { ...status, waitingFor: workerAdvice(roles) };
}

function age(since: Time, now: number): number {
  return now - (optionalTsToMs(since) ?? now);
}
