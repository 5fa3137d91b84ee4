/** Short work on the durable engine: started, awaited, found again where it was done before. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from "@temporalio/client";
import { readEnvironment } from "../config/environment.js";
import { TASK_QUEUES } from "../config/queues.js";
import { openStack } from "./embedded-stack.js";
import { Interrupted } from "./errors.js";
import { listenForInterrupt, rejectWhenAborted } from "./interrupt.js";
import { installLog } from "./logging.js";
import { note } from "./output.js";

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
  installLog(readEnvironment());
  const interrupt = listenForInterrupt(() => note("\nputting it down … (Ctrl-C again to leave at once)"));
  const stack = await openStack({ note });
  try {
    const input = await work.input();
    note(`${work.doing} …`);
    const left = rejectWhenAborted(interrupt.signal, () => new Interrupted("put down; the same command goes on with it"));
    const result = startAndWait<Input, Output>(stack.client, work, input);
    // Whichever is first; the others' later rejections are nobody's.
    for (const one of [left, result]) one.catch(() => undefined);
    return await Promise.race([result, left, stack.workersFailed]);
  } finally {
    await stack.close();
    interrupt.dispose();
  }
}

async function startAndWait<Input, Output>(client: Client, work: ShortWork<Input>, input: Input): Promise<Output> {
  try {
    await client.workflow.start(work.workflow, {
      workflowId: work.workflowId,
      taskQueue: TASK_QUEUES.cpu,
      args: [input],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      // What it did is found in the store, so doing it again is cheap and gives the same.
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return (await client.workflow.getHandle(work.workflowId).result()) as Output;
}
