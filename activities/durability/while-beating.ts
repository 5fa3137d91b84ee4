import { Context } from "@temporalio/activity";

/** Well within the heartbeat timeout of 20 seconds, however long the work takes. */
const INTERVAL_MILLISECONDS = 5000;

/**
 * Heartbeats for as long as work goes on, which is also how the activity learns that it is cancelled.
 *
 * @param work says through `tell` how far it is; every beat repeats the latest
 */
export async function whileBeating<Result>(
  work: (tell: (details: unknown) => void) => Promise<Result>,
): Promise<Result> {
  const activity = Context.current();
  let latest: unknown;
  const tell = (details: unknown): void => {
    latest = details;
    activity.heartbeat(details);
  };
  const beats = setInterval(() => activity.heartbeat(latest), INTERVAL_MILLISECONDS);
  try {
    return await work(tell);
  } finally {
    clearInterval(beats);
  }
}
