import { type InferenceSession, Tensor } from "onnxruntime-node";
import { BundleError } from "./bundle-error.js";
import { learningRate } from "./learning-rate.js";
import type { OpenedModel } from "./opened-model.js";
import { floats, floatTensor, type Tensors } from "./session.js";
import {
  countSteps,
  type PartProgress,
  type TrainingExample,
  type TrainingProgress,
  type TrainingSettings,
  type TrainingState,
} from "./training.js";
import { countLabels, type EncodedExample, encodeExamples, examplesOfStep, padBatch } from "./training-batches.js";

export interface TrainAdapterOptions {
  readonly examples: readonly TrainingExample[];
  readonly settings: TrainingSettings;
  /** Where to start: see {@link newTraining}. */
  readonly state: TrainingState;
  /** Told after every step. */
  readonly progress: (progress: TrainingProgress) => void;
  /** Told after every part of a step but its last. */
  readonly part: (progress: PartProgress) => void;
  /** Told the state every `checkpointEvery` steps, and every minute where steps take long; never where that is 0. */
  readonly checkpoint: (state: TrainingState) => void;
  readonly checkpointEvery: number;
  /** Asked before every part of a step; once true, the state after the last whole step is returned. */
  readonly stopped: () => boolean;
}

const CHECKPOINT_MILLISECONDS = 60_000;

/** The state before the first step. */
export function newTraining(adapter: Float32Array): TrainingState {
  const zeros = () => new Float32Array(adapter.length);
  return { step: 0, adapter, firstMoment: zeros(), secondMoment: zeros() };
}

/**
 * Trains an adapter on the completions of examples: AdamW (0.9, 0.999, 1e-8) on gradients clipped to norm 1, as
 * `transformers.Trainer` does by default.
 *
 * Equal input gives equal bytes, and a training that goes on from a checkpoint ends as one that was not interrupted.
 *
 * @throws {BundleError} where an example is too long or the loss is not a number any more
 */
export async function trainAdapter(model: OpenedModel, options: TrainAdapterOptions): Promise<TrainingState> {
  const { settings, progress, part, checkpoint, checkpointEvery, stopped } = options;
  const encoded = encodeExamples(options.examples, { tokenizer: model.tokenizer, manifest: model.bundle.manifest });
  const steps = countSteps(encoded.length, settings);
  let { state } = options;
  if (stopped()) return state;
  const session = await model.session("train");
  let saved = performance.now();
  while (state.step < steps && !stopped()) {
    const batch = examplesOfStep(encoded, state.step, settings);
    const done = await trainStep(session, {
      state,
      batch,
      padToken: model.bundle.manifest.padToken,
      learningRate: learningRate(state.step, steps, settings),
      weightDecay: settings.weightDecay ?? 0,
      part: (index, parts) => part({ step: state.step, steps, part: index, parts }),
      stopped,
    });
    if (done === undefined) return state;
    const { next, loss } = done;
    if (!Number.isFinite(loss)) {
      throw new BundleError({
        code: "diverged",
        message: `the loss of training step ${next.step} is ${loss}; a lower learning rate than ${settings.learningRate} may help`,
      });
    }
    state = next;
    progress({ step: state.step, steps, loss });
    const isDue = state.step % checkpointEvery === 0 || performance.now() - saved >= CHECKPOINT_MILLISECONDS;
    if (checkpointEvery === 0 || !isDue) continue;
    checkpoint(state);
    saved = performance.now();
  }
  return state;
}

/** One update from a whole batch, whose gradient is added up over parts of it; `undefined` where it was stopped between two. */
async function trainStep(
  session: InferenceSession,
  step: {
    state: TrainingState;
    batch: readonly EncodedExample[];
    padToken: number;
    learningRate: number;
    weightDecay: number;
    part: (done: number, of: number) => void;
    stopped: () => boolean;
  },
): Promise<{ next: TrainingState; loss: number } | undefined> {
  const { state, batch, padToken } = step;
  const shape = [state.adapter.length];
  const feeds: Tensors = {
    adapter: floatTensor(state.adapter, shape),
    first_moment: floatTensor(state.firstMoment, shape),
    second_moment: floatTensor(state.secondMoment, shape),
    gradient: floatTensor(new Float32Array(state.adapter.length), shape),
    step: scalar(state.step + 1),
    learning_rate: scalar(step.learningRate),
    weight_decay: scalar(step.weightDecay),
    label_count: scalar(countLabels(batch)),
  };
  const parts = padBatch(batch, padToken);
  let loss = 0;
  for (const [index, part] of parts.entries()) {
    feeds["input_ids"] = new Tensor("int64", part.inputIds, part.shape);
    feeds["labels"] = new Tensor("int64", part.labels, part.shape);
    const isLast = index === parts.length - 1;
    const output = await session.run(feeds, isLast ? UPDATE : GRADIENT);
    loss += floats(output, "loss")[0]!;
    if (!isLast) {
      feeds["gradient"] = output["updated_gradient"] as Tensor;
      step.part(index + 1, parts.length);
      if (step.stopped()) return undefined;
      continue;
    }
    const next = {
      step: state.step + 1,
      adapter: floats(output, "updated_adapter"),
      firstMoment: floats(output, "updated_first_moment"),
      secondMoment: floats(output, "updated_second_moment"),
    };
    return { next, loss };
  }
  throw new RangeError("a batch has at least one example");
}

const GRADIENT = ["loss", "updated_gradient"];
const UPDATE = ["loss", "updated_adapter", "updated_first_moment", "updated_second_moment"];

function scalar(value: number): Tensor {
  return floatTensor(Float32Array.of(value), []);
}
