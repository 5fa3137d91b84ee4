/** How far the work is that workers are at for a run, as they tell with their heartbeats. */
import { progressSchema, type WorkProgress } from "../activities/durability/progress.js";
import type { PendingActivity } from "./pending-activities.js";

export interface WorkUnderWay {
  /** Of the activity, within the run. */
  readonly id: string;
  readonly runId: string;
  /** Its name, such as `fineTuneGenerator`. */
  readonly activity: string;
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly progress: WorkProgress;
}

/** Of the activities that a run waits for those that a worker is at and has told of. */
export function workUnderWay(pending: readonly PendingActivity[]): WorkUnderWay[] {
  return pending.flatMap(({ id, runId, activity, attempt, isUnderWay, startedAt, heartbeat }) => {
    const progress = progressSchema.safeParse(heartbeat).data;
    if (!isUnderWay || progress === undefined || startedAt === null) return [];
    return [{ id: `${runId} ${id}`, runId, activity, attempt, startedAt, progress }];
  });
}
