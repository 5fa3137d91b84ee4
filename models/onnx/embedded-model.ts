import { availableParallelism } from "node:os";
import { BundleError } from "./bundle-error.js";
import { type AdapterTensor, type Bundle, openBundle } from "./bundle.js";
import { checkSampling, type Generation, type GenerationRequest } from "./generation.js";
import type { Manifest } from "./manifest.js";
import { initialAdapter } from "./initial-adapter.js";
import type { EmbedOptions, GenerateOptions, TrainOptions } from "./model-options.js";
import { stoppable } from "./stoppable.js";
import { ThreadPool } from "./thread-pool.js";
import type { ThreadRequests } from "./thread-requests.js";
import { newTraining } from "./train-adapter.js";
import { checkState, checkTraining, countSteps, type TrainingExample, type TrainingState } from "./training.js";

/** Requests that are worth another thread. */
const REQUESTS_PER_THREAD = 4;
const TEXTS_PER_THREAD = 16;

/**
 * A model bundle, run by ONNX Runtime in threads of its own.
 *
 * One instance serves every adapter. Equal input gives equal output, whatever else runs beside it.
 */
export class EmbeddedModel {
  readonly #bundle: Bundle;
  readonly #pool: ThreadPool;

  private constructor(bundle: Bundle, pool: ThreadPool) {
    this.#bundle = bundle;
    this.#pool = pool;
  }

  /**
   * @param threads how many requests are computed at once, each on one core; all cores where not given
   * @throws {BundleError} where the folder is not a usable bundle
   */
  static async open(
    directory: string,
    { threads = availableParallelism() }: { threads?: number } = {},
  ): Promise<EmbeddedModel> {
    const bundle = await openBundle(directory);
    return new EmbeddedModel(bundle, new ThreadPool(bundle, threads));
  }

  get manifest(): Manifest {
    return this.#bundle.manifest;
  }

  /** The LoRA tensors in the order of the flat adapter vector. */
  get adapterLayout(): readonly AdapterTensor[] {
    return this.#bundle.adapterLayout;
  }

  /**
   * Writes after each prompt; results are in the order of the requests.
   *
   * @throws {BundleError} where a prompt is too long, or a setting or the adapter's length is wrong
   */
  async generate(requests: readonly GenerationRequest[], options: GenerateOptions): Promise<Generation[]> {
    const { adapter, sampling, signal, onProgress, onWriting, onLoading } = options;
    checkSampling(sampling);
    this.#checkAdapter(adapter);
    const results = new Array<Generation>(requests.length);
    const total = requests.length;
    let [done, tokens] = [0, 0];
    const report = (told: ThreadRequests["generate"]["report"]): void => {
      if ("tokens" in told) {
        tokens += told.tokens;
        onWriting?.(tokens);
      } else {
        results[told.request] = told.generation;
        done++;
        onProgress?.({ done, total });
      }
    };
    return stoppable(signal, async (work) => {
      const input = { requests, order: longestFirst(requests), adapter, sampling, shared: work.buffer };
      const share = () =>
        this.#pool.run("generate", input, { report, loading: onLoading, signal }).catch((error: unknown) => {
          work.stop();
          throw error;
        });
      await allOrFirstError(repeat(share, this.#threadsFor(total, REQUESTS_PER_THREAD)));
      return results;
    });
  }

  /**
   * Mean-pooled last hidden states.
   *
   * @returns for each text a vector of shape (hidden)
   */
  async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    const { adapter, signal, onProgress, onLoading } = options;
    this.#checkAdapter(adapter);
    const threads = this.#threadsFor(texts.length, TEXTS_PER_THREAD);
    const perThread = Math.ceil(texts.length / Math.max(1, threads));
    const parts = Array.from({ length: threads }, (_, part) => texts.slice(part * perThread, (part + 1) * perThread));
    let done = 0;
    const report = (told: ThreadRequests["embed"]["report"]): void => {
      done += told.texts;
      onProgress?.({ done, total: texts.length });
    };
    const outputs = await stoppable(signal, (work) => {
      const listening = { report, loading: onLoading, signal };
      const share = (part: readonly string[]) =>
        this.#pool.run("embed", { texts: part, adapter, shared: work.buffer }, listening);
      return allOrFirstError(parts.map(share));
    });
    const { hidden } = this.#bundle.manifest;
    return outputs.flatMap((output, part) =>
      parts[part]!.map((_, row) => output.slice(row * hidden, (row + 1) * hidden)),
    );
  }

  /** An untrained adapter, which leaves the base model as it is. Equal seeds give equal adapters. */
  initialAdapter(seed: number): Float32Array {
    return initialAdapter(this.#bundle.manifest.lora, seed);
  }

  /**
   * Fine-tunes an adapter on the completions of examples.
   *
   * The result depends on the input alone; a training that goes on from a checkpoint ends with the same bytes.
   *
   * @returns the state after the last step, with the trained adapter
   * @throws {BundleError} where a setting is wrong, an example is too long, or the loss is not a number any more
   */
  async train(examples: readonly TrainingExample[], options: TrainOptions): Promise<TrainingState> {
    const { adapter, resumeFrom, checkpointEvery = 50, signal, ...rest } = options;
    const { onProgress, onPart, onCheckpoint, onLoading, ...settings } = rest;
    checkTraining(examples, settings);
    this.#checkAdapter(adapter);
    const state = resumeFrom ?? newTraining(adapter);
    const { parameters } = this.#bundle.manifest.lora;
    checkState(state, { parameters, steps: countSteps(examples.length, settings) });
    const every = onCheckpoint === undefined ? 0 : checkpointEvery;
    const report = (told: ThreadRequests["train"]["report"]): void => {
      if ("progress" in told) onProgress?.(told.progress);
      else if ("part" in told) onPart?.(told.part);
      else onCheckpoint?.(told.checkpoint);
    };
    return stoppable(signal, async (work) => {
      const input = { examples, settings, state, checkpointEvery: every, shared: work.buffer };
      const trained = await this.#pool.run("train", input, { report, loading: onLoading, signal });
      if (signal?.aborted === true && trained.step > state.step) onCheckpoint?.(trained);
      return trained;
    });
  }

  /** Ends the threads. Requests that are not answered yet fail with code `closed`. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  #threadsFor(items: number, perThread: number): number {
    return Math.min(this.#pool.size, Math.ceil(items / perThread));
  }

  #checkAdapter(adapter: Float32Array | undefined): void {
    const { parameters } = this.#bundle.manifest.lora;
    if (adapter === undefined || adapter.length === parameters) return;
    throw new BundleError({
      code: "adapter-size",
      message: `the adapter has ${adapter.length} numbers; this base model's adapters have ${parameters}`,
    });
  }
}

/** Long prompts first: no thread is left alone with a long one at the end, and neighbours have like lengths. */
function longestFirst(requests: readonly GenerationRequest[]): number[] {
  return requests
    .map((_, index) => index)
    .sort((a, b) => requests[b]!.prompt.length - requests[a]!.prompt.length || a - b);
}

function repeat<Result>(start: () => Promise<Result>, times: number): Promise<Result>[] {
  return Array.from({ length: times }, start);
}

/** Waits for all, so that no thread is still busy with a failed request, then throws the first error. */
async function allOrFirstError<Result>(promises: readonly Promise<Result>[]): Promise<Result[]> {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<Result>).value);
}
