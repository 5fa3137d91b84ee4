import { z } from "zod";
import { writeFlatAdapter } from "../adapters/flat.js";
import { storeFolder } from "../adapters/folder.js";
import { keys } from "../store/keys.js";
import { copyAdapter } from "./training/copy-adapter.js";
import type { ActivityDependencies } from "./dependencies.js";
import { recipeOf, trainingExamples } from "./training/fine-tuning-recipe.js";
import { once } from "./durability/once.js";
import type { RunRef } from "./run/run-inputs.js";
import { recipeDigest, shareResult } from "./sharing/shared-result.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { trainAdapter } from "./training/train-adapter.js";
import { dropTrainingCheckpoint } from "./training/training-checkpoint.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { type WorkDone, workDoneSchema } from "./durability/usage-schema.js";

export interface FineTuneRequest {
  readonly run: RunRef;
  readonly cluster: number;
  /** Folder of the particle in the initial swarm. */
  readonly folder: string;
}

/**
 * Fine-tunes the initial generator of one cluster with self-instruct instances: k questions shown, the next k learnt (section 2.1).
 * Equal training makes an equal adapter, so it is kept under its recipe's digest, and runs share it.
 */
export async function fineTuneGenerator(
  dependencies: ActivityDependencies,
  { run, cluster, folder }: FineTuneRequest,
): Promise<WorkDone> {
  const context = await dependencies.openRun(run);
  return once(context.store, keys.updated(folder), workDoneSchema, async () => {
    const { store } = context;
    const elapsed = startStopwatch();
    const model = await dependencies.openModel(context.inputs.generatorBase);
    const recipe = await recipeOf(context, model.manifest, cluster);
    const digest = recipeDigest(recipe);
    const tuned = keys.artifact(digest);
    const { sharedSeconds } = await shareResult({
      store,
      digest,
      madeFor: folder,
      schema: z.null(),
      work: async () => {
        const adapter = await trainAdapter(model, {
          store,
          folder,
          examples: trainingExamples(recipe),
          settings: { ...recipe.sft, seed: recipe.seed },
          // One initialisation for all generators of a run: matrices A and B are merged apart.
          start: model.initialAdapter(recipe.seed),
        });
        await writeFlatAdapter(storeFolder(store, tuned), model.manifest.lora, adapter);
        return null;
      },
    });
    await dropTrainingCheckpoint(store, folder);
    await copyAdapter(store, tuned, folder);
    return { usage: usageOfWork("fine-tune", elapsed(), [{ sharedSeconds }]) };
  });
}
