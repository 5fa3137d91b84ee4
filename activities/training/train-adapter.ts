import { Context } from "@temporalio/activity";
import type { EmbeddedModel } from "../../models/onnx/embedded-model.js";
import { countSteps, type TrainingExample, type TrainingSettings } from "../../models/onnx/training.js";
import type { Store } from "../../store/store.js";
import { Counting, loadingOf, progressTeller } from "../durability/progress.js";
import { readTrainingCheckpoint, writeTrainingCheckpoint } from "./training-checkpoint.js";

const CHECKPOINT_EVERY_STEPS = 20;

/**
 * Trains an adapter and tells every step. Where the activity is cancelled, or its worker leaves, the training stops after the part of
 * a step that is being computed; another try goes on from the last step that was whole.
 */
export async function trainAdapter(
  model: EmbeddedModel,
  options: {
    readonly store: Store;
    /** The run's own, where an unfinished training is found again: no other run writes there. */
    readonly folder: string;
    readonly examples: readonly TrainingExample[];
    readonly settings: TrainingSettings;
    /** The adapter that training starts from. */
    readonly start: Float32Array;
  },
): Promise<Float32Array> {
  const { store, folder, examples, settings, start } = options;
  const activity = Context.current();
  const resumeFrom = await readTrainingCheckpoint(store, folder);
  const tellProgress = progressTeller();
  const counting = new Counting("fine-tuning", { unit: "step", of: countSteps(examples.length, settings) });
  tellProgress(counting.at(resumeFrom?.step ?? 0));
  let checkpoints = Promise.resolve();
  let latest: { readonly loss?: number } = {};
  const training = model.train(examples, {
    ...settings,
    adapter: start,
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    checkpointEvery: CHECKPOINT_EVERY_STEPS,
    onCheckpoint: (state) => {
      checkpoints = checkpoints.then(() => writeTrainingCheckpoint(store, folder, state));
      // Awaited below; until then a failure must not count as unhandled.
      checkpoints.catch(() => undefined);
    },
    onLoading: (graph) => tellProgress(loadingOf(graph)),
    onPart: ({ step, part, parts }) => tellProgress(counting.at(step + part / parts, latest)),
    onProgress: ({ step, loss }) => {
      latest = { loss };
      tellProgress(counting.at(step, latest));
    },
    signal: activity.cancellationSignal,
  });
  try {
    return (await training).adapter;
  } finally {
    // Also the one of a training that was stopped: without it another try would do its steps again.
    await checkpoints;
  }
}
