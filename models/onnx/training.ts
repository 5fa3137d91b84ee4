import { BundleError } from "./bundle-error.js";

/** What a model should write after a prompt. */
export interface TrainingExample {
  readonly prompt: string;
  /** Without the end token, which is added. */
  readonly completion: string;
}

/** Where a training stands: all that is needed to go on. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  /** Shape (parameters), as are the moments of AdamW. */
  readonly adapter: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

export interface TrainingSettings {
  readonly epochs: number;
  /** Examples per step. */
  readonly batchSize: number;
  /** Peak learning rate. */
  readonly learningRate: number;
  /** How the rate falls after the warm-up; linear where not given. The curves are those of transformers. */
  readonly schedule?: "constant" | "linear" | "cosine";
  /** Share of the steps in which the rate rises from 0; none where not given. */
  readonly warmUpShare?: number;
  /** AdamW's decay of all LoRA weights; 0 where not given. */
  readonly weightDecay?: number;
  /** Ends the training early; the schedule is stretched over the steps that are done. */
  readonly maximumSteps?: number | undefined;
  /** Seed of the examples' order, which is a new one in each epoch. */
  readonly seed: number;
}

export interface TrainingProgress {
  /** Steps done, of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** Mean over the step's label tokens, before the step. */
  readonly loss: number;
}

/** Within a step whose batch is computed in several parts. */
export interface PartProgress {
  /** Steps done before, of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** Parts done, of `parts`. */
  readonly part: number;
  readonly parts: number;
}

/** Steps of a whole training. */
export function countSteps(examples: number, { epochs, batchSize, maximumSteps }: TrainingSettings): number {
  return Math.min(epochs * Math.ceil(examples / batchSize), maximumSteps ?? Infinity);
}

/** @throws {BundleError} with code `invalid-training` where a setting is outside its range */
export function checkTraining(examples: readonly TrainingExample[], settings: TrainingSettings): void {
  const { epochs, batchSize, learningRate, warmUpShare = 0, weightDecay = 0, maximumSteps = 1, seed } = settings;
  const whole = { epochs, batchSize, maximumSteps };
  for (const [name, value] of Object.entries(whole)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw invalid(`${name} must be an integer of at least 1, got ${value}`);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) throw invalid(`seed must be an integer of at least 0, got ${seed}`);
  if (!(learningRate > 0 && learningRate < 1)) {
    throw invalid(`learningRate must be above 0 and below 1, got ${learningRate}`);
  }
  if (!(warmUpShare >= 0 && warmUpShare <= 1)) throw invalid(`warmUpShare must be from 0 to 1, got ${warmUpShare}`);
  if (!(weightDecay >= 0 && weightDecay < 1))
    throw invalid(`weightDecay must be at least 0 and below 1, got ${weightDecay}`);
  if (examples.length === 0) throw invalid("there are no examples to train on");
}

/**
 * @param parameters LoRA parameters of the model
 * @param steps of the whole training
 * @throws {BundleError} where the state can not be one of this training
 */
export function checkState(state: TrainingState, { parameters, steps }: { parameters: number; steps: number }): void {
  for (const [name, vector] of Object.entries(state)) {
    if (name === "step" || (vector as Float32Array).length === parameters) continue;
    throw new BundleError({
      code: "adapter-size",
      message: `${name} has ${(vector as Float32Array).length} numbers; this base model's adapters have ${parameters}`,
    });
  }
  if (!Number.isSafeInteger(state.step) || state.step < 0 || state.step > steps) {
    throw invalid(`a training of ${steps} steps can not go on from step ${state.step}`);
  }
}

function invalid(message: string): BundleError {
  return new BundleError({ code: "invalid-training", message });
}
