import { setTimeout as sleep } from "node:timers/promises";
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from "@temporalio/client";

const POLL_MILLISECONDS = 500;
const CALL_LIMIT_MILLISECONDS = 5000;

/**
 * Waits for a workflow's end, whatever becomes of the server meanwhile. It asks again and again instead of holding one long
 * call: a call that is still being retried when its connection is closed ends the process.
 *
 * @returns the result; `undefined` once the signal is aborted, within seconds
 * @throws WorkflowFailedError
 */
export async function waitForResult<Result>(
  client: Client,
  workflowId: string,
  signal: AbortSignal,
): Promise<Result | undefined> {
  while (!signal.aborted) {
    try {
      const handle = client.workflow.getHandle(workflowId);
      const { status } = await withLimit(client, () => handle.describe());
      if (status.name !== "RUNNING") return (await withLimit(client, () => handle.result())) as Result;
    } catch (error) {
      if (!isServerAway(error)) throw error;
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/** Bounds a call in time, its retries too. */
export function withLimit<Result>(
  client: Client,
  call: () => Promise<Result>,
  limit = CALL_LIMIT_MILLISECONDS,
): Promise<Result> {
  return client.connection.withDeadline(Date.now() + limit, call);
}

// CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE.
const AWAY_CODES = new Set([1, 2, 4, 8, 10, 13, 14]);

/** Whether a call failed because the server is being restarted or is busy, not because of what was asked. */
export function isServerAway(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return false;
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isGrpcServiceError(current)) return AWAY_CODES.has(current.code);
  }
  return false;
}
