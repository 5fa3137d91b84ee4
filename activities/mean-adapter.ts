import { Context } from "@temporalio/activity";
import { storeFolder } from "../adapters/folder.js";
import { writeMeanAdapter } from "../adapters/mean-adapter.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import type { RunRef } from "./run/run-inputs.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { type WorkDone, workDoneSchema } from "./durability/usage-schema.js";

export interface MeanAdapterRequest {
  readonly run: RunRef;
  /** Folders of the adapters in the store. */
  readonly adapters: readonly [string, ...string[]];
  /** Where the mean is written, in PEFT layout. */
  readonly folder: string;
}

/** Merges generators into a model soup: the mean of their adapters. */
export async function meanAdapter(
  dependencies: ActivityDependencies,
  { run, adapters, folder }: MeanAdapterRequest,
): Promise<WorkDone> {
  const { store } = await dependencies.openRun(run);
  return once(store, keys.updated(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const [first, ...others] = adapters;
    await writeMeanAdapter(
      [storeFolder(store, first), ...others.map((other) => storeFolder(store, other))],
      storeFolder(store, folder),
      { signal: Context.current().cancellationSignal },
    );
    return { usage: usageOfWork("update", elapsed(), [{ sharedSeconds: undefined }]) };
  });
}
