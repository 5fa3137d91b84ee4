/** What a run needs besides a store: Temporal, and workers in this process where Temporal is the embedded one. */
import { ROLES } from "../config/queues.js";
import { type RunningWorkers, startWorkers } from "../workers/start-workers.js";
import { storesOfHome } from "./known-stores.js";
import { openClient, type OpenClient } from "./connection.js";

export interface Stack extends OpenClient {
  /** Rejects where the workers of this process failed; never settles where they are elsewhere. */
  readonly workersFailed: Promise<never>;
}

export interface StackOptions {
  readonly note: (line: string) => void;
  /** Threads for embedded models; all cores where not given. */
  readonly threads?: number | undefined;
}

/** Opens Temporal; for the embedded server also starts workers of all roles, which `close` shuts down gracefully. */
export async function openStack({ note, threads }: StackOptions): Promise<Stack> {
  const open = await openClient(note);
  if (!open.temporal.embedded) return { ...open, workersFailed: new Promise(() => undefined) };
  let workers: RunningWorkers;
  try {
    const { connection, namespace } = open.temporal;
    workers = await startWorkers({ connection, namespace, roles: ROLES, stores: storesOfHome, threads });
  } catch (error) {
    await open.close();
    throw error;
  }
  const workersFailed = workers.stopped.then(() => new Promise<never>(() => undefined));
  // Nobody may be waiting in the moment in which they fail.
  workersFailed.catch(() => undefined);
  return {
    ...open,
    workersFailed,
    close: async () => {
      workers.shutdown();
      await workers.stopped.catch(() => undefined);
      await open.close();
    },
  };
}
