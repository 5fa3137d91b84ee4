/** What an embedded model may be asked with each request. */
import type { GraphName } from "./bundle.js";
import type { Sampling } from "./generation.js";
import type { PartProgress, TrainingProgress, TrainingSettings, TrainingState } from "./training.js";

interface Watching {
  /** Aborting it rejects with its reason, at the next step. */
  readonly signal?: AbortSignal;
  /** Told of each graph that a thread opens for the request, which takes long where weights are large. */
  readonly onLoading?: (graph: GraphName) => void;
}

export interface GenerateOptions extends Watching {
  /** Shape (parameters): the LoRA tensors in the manifest's order. The base model alone where not given. */
  readonly adapter?: Float32Array;
  readonly sampling: Sampling;
  /** Told after every finished request. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Told every second how many tokens have been written, also by requests that are not finished. */
  readonly onWriting?: (tokens: number) => void;
}

export interface EmbedOptions extends Watching {
  /** Shape (parameters). The base model alone where not given. */
  readonly adapter?: Float32Array;
  /** Told after every batch. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface TrainOptions extends TrainingSettings, Watching {
  /** Shape (parameters): the adapter to start from, such as `EmbeddedModel.initialAdapter` gives. */
  readonly adapter: Float32Array;
  /** A state that `onCheckpoint` was told in a training with the same examples and settings; `adapter` is not used then. */
  readonly resumeFrom?: TrainingState;
  /** Told after every step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Told within steps that are computed in several parts. */
  readonly onPart?: (progress: PartProgress) => void;
  /** Told the state every `checkpointEvery` steps, and where the training is stopped the one after its last step. */
  readonly onCheckpoint?: (state: TrainingState) => void;
  /** 50 where not given. */
  readonly checkpointEvery?: number;
}
