import { SharedWork } from "./thread-requests.js";

/** Does work that threads stop once the signal is aborted, and rejects with its reason then. */
export async function stoppable<Result>(
  signal: AbortSignal | undefined,
  work: (shared: SharedWork) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const shared = new SharedWork();
  const stop = () => shared.stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const result = await work(shared);
    signal?.throwIfAborted();
    return result;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
