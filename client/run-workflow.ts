/** Short work on the durable engine: started, awaited, found again where it was done before. */
import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from "@temporalio/client";
import { readEnvironment } from "../config/environment.js";
import { TASK_QUEUES } from "../config/queues.js";
import { openStack, type Stack } from "./embedded-stack.js";
import { Interrupted } from "./errors.js";
import { listenForInterrupt, rejectWhenAborted } from "./interrupt.js";
import { installLog } from "./logging.js";
import { tellTroubles } from "./missing-workers.js";
import { note } from "./output.js";
import { waitForResult } from "./wait-for-result.js";

export interface ShortWork<Input> {
  readonly workflow: string;
  readonly workflowId: string;
  /** Prepares and gives the input, once Temporal has been reached. */
  readonly input: () => Promise<Input>;
  /** What it is, for people who wait. */
  readonly doing: string;
}

/** @throws WorkflowFailedError where the work failed, Interrupted where the person left */
export async function runShortWork<Input, Output>(work: ShortWork<Input>): Promise<Output> {
  await installLog(readEnvironment());
  const interrupt = listenForInterrupt(() =>
    note("\nputting it down when its step is done … (Ctrl-C again to leave at once)"),
  );
  const stack = await openStack({ note });
  try {
    const input = await work.input();
    note(`${work.doing} …`);
    await start(stack.client, work, input);
    return await waitUnlessEnded<Output>(stack, work.workflowId, interrupt.signal);
  } finally {
    await stack.close();
    interrupt.dispose();
  }
}

async function waitUnlessEnded<Output>(stack: Stack, workflowId: string, interrupted: AbortSignal): Promise<Output> {
  const { client, temporal } = stack;
  const ending = new AbortController();
  const { signal } = ending;
  const waiting = waitForResult<Output>(client, workflowId, signal);
  const { embedded } = temporal;
  const telling = tellTroubles({ client, workflowId, say: note, signal, embedded });
  const left = rejectWhenAborted(interrupted, () => new Interrupted("put down; the same command goes on with it"));
  try {
    return (await Promise.race([waiting, left, stack.workersFailed])) as Output;
  } finally {
    ending.abort();
    await Promise.allSettled([waiting, telling]);
  }
}

async function start<Input>(client: Client, work: ShortWork<Input>, input: Input): Promise<void> {
  await client.workflow.start(work.workflow, {
    workflowId: work.workflowId,
    taskQueue: TASK_QUEUES.cpu,
    args: [input],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    // What it did is found in the store, so doing it again is cheap and gives the same.
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
  });
}
