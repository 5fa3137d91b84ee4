/** What the main thread asks of a model thread, and what it is told. */
import { BundleError, type BundleErrorCode } from "./bundle-error.js";
import type { GraphName } from "./bundle.js";
import type { Generation, GenerationRequest, Sampling } from "./generation.js";
import type { PartProgress, TrainingExample, TrainingProgress, TrainingSettings, TrainingState } from "./training.js";

/** Requests by name: what goes in, what comes out, and what is reported on the way. */
export interface ThreadRequests {
  readonly generate: {
    readonly input: {
      readonly requests: readonly GenerationRequest[];
      /** Indices of `requests` in the order in which threads take them. */
      readonly order: readonly number[];
      readonly adapter: Float32Array | undefined;
      readonly sampling: Sampling;
      /** Shared by all threads that work on these requests; see {@link SharedWork}. */
      readonly shared: SharedArrayBuffer;
    };
    readonly output: undefined;
    /** A finished request, or how many tokens have been written since it was last told. */
    readonly report: { readonly request: number; readonly generation: Generation } | { readonly tokens: number };
  };
  readonly embed: {
    readonly input: {
      readonly texts: readonly string[];
      readonly adapter: Float32Array | undefined;
      /** Tells the thread to stop; see {@link SharedWork}. */
      readonly shared: SharedArrayBuffer;
    };
    readonly output: Float32Array;
    /** How many texts are embedded since it was last told. */
    readonly report: { readonly texts: number };
  };
  readonly train: {
    readonly input: {
      readonly examples: readonly TrainingExample[];
      readonly settings: TrainingSettings;
      readonly state: TrainingState;
      readonly checkpointEvery: number;
      /** Tells the thread to stop; see {@link SharedWork}. */
      readonly shared: SharedArrayBuffer;
    };
    readonly output: TrainingState;
    readonly report:
      | { readonly progress: TrainingProgress }
      | { readonly part: PartProgress }
      | { readonly checkpoint: TrainingState };
  };
}

export type RequestName = keyof ThreadRequests;

/** Main thread to model thread. A thread works on one request at a time. */
export interface ThreadCall<Name extends RequestName = RequestName> {
  readonly name: Name;
  readonly input: ThreadRequests[Name]["input"];
}

/** Model thread to main thread. */
export type ThreadReply =
  | { readonly kind: "loading"; readonly graph: GraphName }
  | { readonly kind: "report"; readonly report: unknown }
  | { readonly kind: "done"; readonly output: unknown }
  | { readonly kind: "failed"; readonly error: ThreadFailure };

/** An error as it crosses threads, where classes are lost. */
export interface ThreadFailure {
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: BundleErrorCode | undefined;
}

export function describeFailure(error: unknown): ThreadFailure {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, code: undefined };
  return { message: error.message, stack: error.stack, code: error instanceof BundleError ? error.code : undefined };
}

export function restoreFailure({ message, stack, code }: ThreadFailure): Error {
  const error = code === undefined ? new Error(message) : new BundleError({ code, message });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** A list of requests that several threads work on: who takes the next one, and whether to go on. */
export class SharedWork {
  readonly #words: Int32Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.#words = new Int32Array(buffer);
  }

  /** 0, 1, 2, ...: every number once over all threads. */
  next(): number {
    return Atomics.add(this.#words, 0, 1);
  }

  stop(): void {
    Atomics.store(this.#words, 1, 1);
  }

  get stopped(): boolean {
    return Atomics.load(this.#words, 1) === 1;
  }
}
