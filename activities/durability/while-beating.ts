import { Context } from "@temporalio/activity";
import { toldBy } from "./progress.js";

/** Well within the heartbeat timeout of 20 seconds, however long the work takes. */
const INTERVAL_MILLISECONDS = 5000;

/**
 * Heartbeats for as long as work goes on, which is also how the activity learns that it is cancelled. Every beat repeats what was
 * told last: see `progressTeller`.
 */
export async function whileBeating<Result>(work: () => Promise<Result>): Promise<Result> {
  const activity = Context.current();
  const beats = setInterval(() => activity.heartbeat(toldBy(activity)), INTERVAL_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(beats);
  }
}
