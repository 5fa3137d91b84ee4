import {
  ApplicationFailure,
  CancellationScope,
  type ChildWorkflowHandle,
  condition,
  isCancellation,
  type SignalDefinition,
  startChild,
} from "@temporalio/workflow";
import { rootCause } from "@temporalio/common";
import { workflowId } from "../config/queues.js";
import type { RunResult } from "../report/result.js";
import { dataSwarm, type DataSwarmInput } from "./data-swarm.js";
import { pauseSignal, resumeSignal, stopSignal } from "./messages.js";
import type { RunControl, Told } from "./run-control.js";
import { settleAll } from "./settle.js";

type Child = Pick<ChildWorkflowHandle<() => Promise<RunResult>>, "signal" | "result">;

/** Runs a swarm as a child, and tells it from its start what its parent is told. */
export function childRun(input: Omit<DataSwarmInput, keyof Told>, control: RunControl): Promise<RunResult> {
  const { runId, storeUri } = input.run;
  const told = control.told();
  const start = (): Promise<Child> =>
    startChild(dataSwarm, { workflowId: workflowId(runId), args: [{ ...input, ...told }], memo: { storeUri } });
  return followChild(start, { runId, control, told });
}

/**
 * Starts a run as a child, and tells it meanwhile what its parent is told.
 *
 * @param options.told what the child knows from its start
 * @throws ApplicationFailure that names the run, where it fails
 */
export async function followChild(
  start: () => Promise<Child>,
  options: { readonly runId: string; readonly control: RunControl; readonly told: Required<Told> },
): Promise<RunResult> {
  const { runId, control, told } = options;
  try {
    return await whileTelling(await start(), control, told);
  } catch (failure) {
    if (isCancellation(failure) || CancellationScope.current().consideredCancelled) throw failure;
    // Without its cause: whoever shows a failure shows the innermost, which does not say whose it is.
    throw ApplicationFailure.nonRetryable(`run ${runId}: ${rootCause(failure) ?? "it failed"}`, "RunOfSearchFailed");
  }
}

async function whileTelling(child: Child, control: RunControl, told: Required<Told>): Promise<RunResult> {
  let isOver = false;
  const waiting = async (): Promise<RunResult> => {
    try {
      return await child.result();
    } finally {
      isOver = true;
    }
  };
  const telling = (): Promise<undefined> => passOn(child, control, { told, isOver: () => isOver });
  const [result] = await settleAll<RunResult | undefined>([waiting, telling]);
  return result as RunResult;
}

async function passOn(
  child: Child,
  control: RunControl,
  { told, isOver }: { readonly told: Required<Told>; readonly isOver: () => boolean },
): Promise<undefined> {
  let { paused, stopRequested } = told;
  for (;;) {
    const isNews = (): boolean => control.stopRequested !== stopRequested || control.told().paused !== paused;
    await condition(() => isOver() || isNews());
    if (isOver()) return;
    if (control.stopRequested !== stopRequested) {
      // A paused run that is told to stop goes on to do so.
      [stopRequested, paused] = [true, false];
      await tell(child, stopSignal);
    } else {
      paused = !paused;
      await tell(child, paused ? pauseSignal : resumeSignal);
    }
  }
}

/** A child that has ended meanwhile can be told no more, and need not be. */
async function tell(child: Child, signal: SignalDefinition): Promise<void> {
  try {
    await child.signal(signal);
  } catch (failure) {
    if (isCancellation(failure)) throw failure;
  }
}
