import { writeFlatAdapter } from "../adapters/flat.js";
import { storeFolder } from "../adapters/folder.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { type WorkDone, workDoneSchema } from "./durability/usage-schema.js";
import type { RunRef } from "./run/run-inputs.js";

export interface PlaceRequest {
  readonly run: RunRef;
  /** Folder of the particle in the initial swarm. */
  readonly folder: string;
}

/** Puts the base model itself into the swarm (`generators.includeBase`): the adapter that all generators start from, which changes nothing yet. */
export async function placeBaseModel(
  dependencies: ActivityDependencies,
  { run, folder }: PlaceRequest,
): Promise<WorkDone> {
  const { store, config, inputs } = await dependencies.openRun(run);
  return once(store, keys.updated(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const model = await dependencies.openModel(inputs.generatorBase);
    await writeFlatAdapter(storeFolder(store, folder), model.manifest.lora, model.initialAdapter(config.seed));
    return { usage: usageOfWork("fine-tune", elapsed(), [{ sharedSeconds: undefined }]) };
  });
}
