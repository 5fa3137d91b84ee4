import { Context } from "@temporalio/activity";
import type { EmbeddedModel } from "../../models/onnx/embedded-model.js";
import type { TrainingExample, TrainingSettings } from "../../models/onnx/training.js";
import type { Store } from "../../store/store.js";
import { readTrainingCheckpoint, writeTrainingCheckpoint } from "./training-checkpoint.js";

const CHECKPOINT_EVERY_STEPS = 20;

/** Trains an adapter, with a heartbeat at every step; another try goes on from the last checkpoint. */
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
  let checkpoints = Promise.resolve();
  const { adapter } = await model.train(examples, {
    ...settings,
    adapter: start,
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
  return adapter;
}
