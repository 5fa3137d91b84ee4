import { Context } from "@temporalio/activity";
import { writeFlatAdapter } from "../adapters/flat.js";
import { storeFolder } from "../adapters/folder.js";
import type { EmbeddedModel } from "../models/onnx/embedded-model.js";
import { keys } from "../store/keys.js";
import { copyAdapter } from "./copy-adapter.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { type FineTuningRecipe, recipeDigest, recipeOf, trainingExamples } from "./fine-tuning-recipe.js";
import { once } from "./once.js";
import type { RunRef } from "./run-inputs.js";
import { startStopwatch } from "./stopwatch.js";
import { dropTrainingCheckpoint, readTrainingCheckpoint, writeTrainingCheckpoint } from "./training-checkpoint.js";
import { type WorkDone, workDoneSchema } from "./usage-schema.js";
import { whileBeating } from "./while-beating.js";

export interface FineTuneRequest {
  readonly run: RunRef;
  readonly cluster: number;
  /** Folder of the particle in the initial swarm. */
  readonly folder: string;
}

const CHECKPOINT_EVERY_STEPS = 20;

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
    const elapsed = startStopwatch();
    const model = await dependencies.openModel(context.inputs.generatorBase);
    const recipe = await whileBeating(() => recipeOf(context, model.manifest, cluster));
    const shared = keys.artifact(recipeDigest(recipe));
    if ((await context.store.stat(keys.adapterConfig(shared))) === undefined)
      await train(context, model, recipe, shared);
    await copyAdapter(context.store, shared, folder);
    return { usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { "fine-tune": elapsed() } } };
  });
}

async function train(
  context: RunContext,
  model: EmbeddedModel,
  recipe: FineTuningRecipe,
  folder: string,
): Promise<void> {
  const { store } = context;
  const activity = Context.current();
  const { sft, seed } = recipe;
  const resumeFrom = await readTrainingCheckpoint(store, folder);
  let checkpoints = Promise.resolve();
  const { adapter } = await model.train(trainingExamples(recipe), {
    ...sft,
    seed,
    // One initialisation for all generators of a run: matrices A and B are merged apart.
    adapter: model.initialAdapter(seed),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    checkpointEvery: CHECKPOINT_EVERY_STEPS,
    onCheckpoint: (state) => {
      checkpoints = checkpoints.then(() => writeTrainingCheckpoint(store, folder, state));
      // Awaited below; until then a failure must not count as unhandled.
      checkpoints.catch(() => undefined);
    },
    onProgress: ({ step, steps }) => activity.heartbeat({ cursor: step, of: steps }),
    signal: activity.cancellationSignal,
  });
  await checkpoints;
  await writeFlatAdapter(storeFolder(store, folder), model.manifest.lora, adapter);
  await dropTrainingCheckpoint(store, folder);
}
