/** How each kind of work is called: its queue, its time limits and the pauses between its tries. All in one place. */
import { type ActivityOptions, ActivityCancellationType, proxyActivities } from "@temporalio/workflow";
import type { CpuActivities, GpuActivities, LlmActivities } from "../activities/index.js";
import { TASK_QUEUES } from "../config/queues.js";

const base: ActivityOptions = {
  // Set, because the default is to abandon a running activity: a cancelled run must not leave work behind.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  // A worker that was killed is noticed after this long; its activities beat for as long as they go on.
  heartbeatTimeout: "20 seconds",
  retry: {
    initialInterval: "1 second",
    backoffCoefficient: 2,
    maximumInterval: "1 minute",
    // Days of an outage, or of a worker that is lost at every try. What no try can mend ends at once: the worker says so of each
    // failure (activities/durability/another-try.ts).
    maximumAttempts: 5000,
  },
};

/** File work: minutes at most, also for adapters of several gigabytes. */
export const cpu = proxyActivities<CpuActivities>({
  ...base,
  taskQueue: TASK_QUEUES.cpu,
  startToCloseTimeout: "30 minutes",
});

/** Model work: fine-tuning may take a day on large models; the heartbeat tells much sooner when it is lost. */
export const gpu = proxyActivities<GpuActivities>({
  ...base,
  taskQueue: TASK_QUEUES.gpu,
  startToCloseTimeout: "24 hours",
});

/** Paid calls. Each reply is journalled as it comes, so another try asks only for those that are missing. */
export const llm = proxyActivities<LlmActivities>({
  ...base,
  taskQueue: TASK_QUEUES.llm,
  startToCloseTimeout: "2 hours",
  scheduleToCloseTimeout: "3 days",
});
