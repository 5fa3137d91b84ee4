/** Since when an activity is being tried: the server's description of it only tells of the latest try. */
import type { Client } from "@temporalio/client";
import { optionalTsToMs } from "@temporalio/common/lib/time.js";
import { workflowId } from "../config/queues.js";
import type { PendingActivity } from "./pending-activities.js";
import { withLimit } from "./wait-for-result.js";

const EVENTS_A_PAGE = 200;
/** Of events; what fails now was asked for lately. */
const MOST_PAGES = 10;

/** When activities were first asked for, by execution and activity: it never changes. */
export type AskedTimes = Map<string, number>;

/** The same activities, those that fail with the time at which they were first asked for. It only helps to say more. */
export async function withAskedAt(
  client: Client,
  activities: readonly PendingActivity[],
  known: AskedTimes = new Map(),
): Promise<PendingActivity[]> {
  const unknown = activities.filter((one) => one.failure !== null && !known.has(keyOf(one)));
  const executions = new Map(unknown.map(({ executionId, runId }) => [executionId, runId]));
  await Promise.all(
    [...executions].map(([executionId, runId]) =>
      lookBack(client, { runId, executionId, unknown, known }).catch(() => undefined),
    ),
  );
  return activities.map((one) => ({ ...one, askedAt: known.get(keyOf(one)) ?? null }));
}

async function lookBack(
  client: Client,
  options: {
    readonly runId: string;
    readonly executionId: string;
    readonly unknown: readonly PendingActivity[];
    readonly known: AskedTimes;
  },
): Promise<void> {
  const { runId, executionId, known } = options;
  const wanted = new Set(options.unknown.filter((one) => one.executionId === executionId).map(keyOf));
  let nextPageToken: Uint8Array | undefined;
  for (let page = 0; page < MOST_PAGES && wanted.size > 0; page++) {
    const request = {
      namespace: client.options.namespace,
      execution: { workflowId: workflowId(runId), runId: executionId },
      maximumPageSize: EVENTS_A_PAGE,
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    };
    const seen = await withLimit(client, () => client.workflowService.getWorkflowExecutionHistoryReverse(request));
    for (const { eventTime, activityTaskScheduledEventAttributes: scheduled } of seen.history?.events ?? []) {
      const key = `${executionId} ${scheduled?.activityId ?? ""}`;
      const at = optionalTsToMs(eventTime);
      if (wanted.delete(key) && at !== undefined) known.set(key, at);
    }
    if (seen.nextPageToken.length === 0) return;
    nextPageToken = seen.nextPageToken;
  }
}

function keyOf({ executionId, id }: PendingActivity): string {
  return `${executionId} ${id}`;
}
