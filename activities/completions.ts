import { Context } from "@temporalio/activity";
import { z } from "zod";
import type { GenerationRequest, Sampling } from "../models/onnx/generation.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { inChunks } from "./in-chunks.js";
import { readAdapter } from "./read-adapter.js";

/** Prompts that are decoded together; also what another try repeats at most. */
const CHUNK = 128;

const completionSchema = z.strictObject({
  text: z.string(),
  promptTokens: z.number().int(),
  generatedTokens: z.number().int(),
  finish: z.enum(["stop", "length"]),
});
export type Completion = z.infer<typeof completionSchema>;

/** Completes prompts with an embedded model and one adapter, chunk by chunk and resumable. */
export async function completions(options: {
  readonly dependencies: ActivityDependencies;
  readonly context: RunContext;
  readonly base: string;
  /** Folder of the adapter in the store; null for the base model itself. */
  readonly adapter: string | null;
  readonly prompts: readonly GenerationRequest[];
  readonly sampling: Sampling;
  readonly folder: string;
  readonly name: string;
}): Promise<Completion[]> {
  const { dependencies, context, base, adapter, prompts, sampling, folder, name } = options;
  const model = await dependencies.openModel(base);
  const weights = adapter === null ? {} : { adapter: await readAdapter(context.store, adapter, model.manifest) };
  const activity = Context.current();
  return inChunks({
    store: context.store,
    folder,
    name,
    items: prompts,
    chunkSize: CHUNK,
    schema: completionSchema,
    work: (chunk) =>
      model.generate(chunk, {
        ...weights,
        sampling,
        signal: activity.cancellationSignal,
        onProgress: () => activity.heartbeat(),
      }),
  });
}
