import { Context } from "@temporalio/activity";
import { z } from "zod";
import type { GenerationRequest, Sampling } from "../../models/onnx/generation.js";
import { adapterDigest } from "../sharing/adapter-digest.js";
import type { ActivityDependencies, RunContext } from "../dependencies.js";
import { inChunks } from "../durability/in-chunks.js";
import { Counting, loadingOf, progressTeller } from "../durability/progress.js";
import { modelDigest } from "../sharing/model-digest.js";
import { readAdapter } from "../training/read-adapter.js";
import { recipeDigest, shareResult } from "../sharing/shared-result.js";

/** Prompts that are decoded together; also what another try repeats at most. */
const CHUNK = 128;

/** To be raised when the product writes something else after the same prompts. */
const VERSION = 1;

const completionSchema = z.strictObject({
  text: z.string(),
  promptTokens: z.number().int(),
  generatedTokens: z.number().int(),
  finish: z.enum(["stop", "length"]),
});
export type Completion = z.infer<typeof completionSchema>;

export interface CompletionRequest {
  /** For people who watch, such as `sampling`. */
  readonly doing: string;
  readonly dependencies: ActivityDependencies;
  readonly context: RunContext;
  readonly base: string;
  /** Folder of the adapter in the store; null for the base model itself. */
  readonly adapter: string | null;
  readonly prompts: readonly GenerationRequest[];
  readonly sampling: Sampling;
  readonly folder: string;
  readonly name: string;
  /** Whether other runs may ask for the same: then it is taken from them, and kept for them. */
  readonly share: boolean;
}

export interface Completions {
  /** In the order of the prompts. */
  readonly completions: readonly Completion[];
  /** What they took the run that they were taken from; undefined where they are this run's own. */
  readonly sharedSeconds: number | undefined;
}

/** Completes prompts with an embedded model and one adapter, chunk by chunk and resumable. */
export async function completions(request: CompletionRequest): Promise<Completions> {
  const { dependencies, context, base, adapter: adapterFolder, prompts, sampling, folder, name, share } = request;
  const { store } = context;
  const model = await dependencies.openModel(base);
  const adapter = adapterFolder === null ? undefined : await readAdapter(store, adapterFolder, model.manifest);
  const activity = Context.current();
  const tellProgress = progressTeller();
  const counting = new Counting(request.doing, { unit: "prompt", of: prompts.length });
  const complete = (): Promise<Completion[]> =>
    inChunks({
      store,
      folder,
      name,
      items: prompts,
      chunkSize: CHUNK,
      schema: completionSchema,
      work: (chunk, start) => {
        let [done, tokens] = [start, 0];
        const tell = (): void => tellProgress(counting.at(done, tokens === 0 ? {} : { tokens }));
        tell();
        return model.generate(chunk, {
          ...(adapter === undefined ? {} : { adapter }),
          sampling,
          signal: activity.cancellationSignal,
          onLoading: (graph) => tellProgress(loadingOf(graph)),
          onProgress: (progress) => {
            done = start + progress.done;
            tell();
          },
          onWriting: (written) => {
            tokens = written;
            tell();
          },
        });
      },
    });
  if (!share) return { completions: await complete(), sharedSeconds: undefined };
  const { result, sharedSeconds } = await shareResult({
    store,
    digest: recipeDigest({
      completions: VERSION,
      model: await modelDigest(base),
      adapter: adapter === undefined ? null : adapterDigest(adapter),
      sampling,
      prompts: asked(prompts, sampling),
    }),
    madeFor: `${folder}/${name}`,
    schema: z.array(completionSchema).length(prompts.length),
    work: complete,
  });
  return { completions: result, sharedSeconds };
}

/** Tokens that a model has read and written. */
export function tokensOf(completed: readonly Completion[]): number {
  return completed.reduce((sum, { promptTokens, generatedTokens }) => sum + promptTokens + generatedTokens, 0);
}

/** The most probable tokens are nobody's choice: where only those are taken, what randomness is keyed by decides nothing. */
function asked(prompts: readonly GenerationRequest[], { temperature }: Sampling): readonly object[] {
  return temperature === 0 ? prompts.map(({ random: _, ...prompt }) => prompt) : prompts;
}
