/** What a run has asked workers for that is not done: each activity's try, its last failure, and how far it says that it is. */
import type { WorkflowExecutionDescription } from "@temporalio/client";
import {
  ApplicationFailure,
  CancelledFailure,
  defaultFailureConverter,
  defaultPayloadConverter,
  TimeoutFailure,
} from "@temporalio/common";
import { optionalTsToMs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import { runIdOf } from "../config/queues.js";

const { PendingActivityState } = proto.temporal.api.enums.v1;

type Description = Pick<WorkflowExecutionDescription["raw"], "pendingActivities" | "workflowExecutionInfo">;
type Pending = NonNullable<Description["pendingActivities"]>[number];

/** Times are milliseconds since the epoch. */
export interface PendingActivity {
  /** The run whose workflow asked for it: the run itself, or one that it started. */
  readonly runId: string;
  /** Temporal's name of its workflow's execution, and its own name within that. */
  readonly executionId: string;
  readonly id: string;
  /** Its name, such as `sampleQuestions`. */
  readonly activity: string;
  /** The try that is under way or that comes next, from 1. */
  readonly attempt: number;
  /** Whether a worker is at it now. */
  readonly isUnderWay: boolean;
  /** When it was first asked for; null where nobody has looked. */
  readonly askedAt: number | null;
  /** When a worker took the latest try that one took; null where none has. */
  readonly startedAt: number | null;
  /** What the latest heartbeat said, of this try or the one before; undefined where none did. */
  readonly heartbeat: unknown;
  readonly heartbeatAt: number | null;
  /** Why the try before this one did not succeed. */
  readonly failure: ActivityProblem | null;
  /** When the next try begins; null while one is under way or waits for nothing but a worker. */
  readonly nextTryAt: number | null;
}

/** Why a try of an activity did not succeed. */
export interface ActivityProblem {
  /** Name of the error, or `TIMEOUT` or `CANCELLED`. */
  readonly type: string;
  /** One line. */
  readonly message: string;
  readonly at: number | null;
}

/** All activities that a workflow waits for, from the server's description of it. */
export function pendingActivities({
  pendingActivities: pending,
  workflowExecutionInfo,
}: Description): PendingActivity[] {
  const { workflowId, runId: executionId } = workflowExecutionInfo?.execution ?? {};
  const runId = runIdOf(workflowId ?? "") ?? workflowId ?? "";
  return (pending ?? []).map((one) => ({ runId, executionId: executionId ?? "", ...pendingActivity(one) }));
}

function pendingActivity(pending: Pending): Omit<PendingActivity, "runId" | "executionId"> {
  const { activityId, activityType, attempt, state, lastStartedTime, lastHeartbeatTime } = pending;
  const isUnderWay = state !== PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
  return {
    id: activityId ?? "",
    activity: activityType?.name ?? "",
    attempt: attempt ?? 1,
    isUnderWay,
    askedAt: null,
    startedAt: milliseconds(lastStartedTime),
    heartbeat: heartbeatOf(pending),
    heartbeatAt: milliseconds(lastHeartbeatTime),
    failure: problemOf(pending),
    nextTryAt: isUnderWay ? null : milliseconds(pending.nextAttemptScheduleTime),
  };
}

function heartbeatOf({ heartbeatDetails }: Pending): unknown {
  const [payload] = heartbeatDetails?.payloads ?? [];
  return payload === undefined ? undefined : defaultPayloadConverter.fromPayload<unknown>(payload);
}

function problemOf({ lastFailure, lastAttemptCompleteTime }: Pending): ActivityProblem | null {
  if (lastFailure === null || lastFailure === undefined) return null;
  return {
    ...describeFailure(defaultFailureConverter.failureToError(lastFailure, defaultPayloadConverter)),
    at: milliseconds(lastAttemptCompleteTime),
  };
}

function describeFailure(failure: Error): Omit<ActivityProblem, "at"> {
  if (failure instanceof TimeoutFailure) {
    const isLost = failure.timeoutType === "HEARTBEAT";
    const message = isLost ? "its worker was lost: no heartbeat came" : "it took longer than it may";
    return { type: "TIMEOUT", message };
  }
  if (failure instanceof CancelledFailure) return { type: "CANCELLED", message: "its worker put it down" };
  const type = failure instanceof ApplicationFailure ? failure.type : undefined;
  return { type: type ?? failure.name, message: oneLine(failure.message) };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " · ");
}

function milliseconds(time: Parameters<typeof optionalTsToMs>[0]): number | null {
  return optionalTsToMs(time) ?? null;
}
