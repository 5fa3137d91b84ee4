import { z } from "zod";
import { generationOpening, generationPrompt } from "../models/prompts.js";
import { questionLines } from "../models/question-lines.js";
import { keys } from "../store/keys.js";
import { writeJsonLines } from "../store/json-lines.js";
import { type RandomKey, RandomStream } from "../swarm/random.js";
import { type Completion, completions } from "./completions.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { dropParts } from "./in-chunks.js";
import { once } from "./once.js";
import { QuestionSieve } from "./question-sieve.js";
import type { RunRef } from "./run-inputs.js";
import { readCluster, readSeedQuestions } from "./seed-questions.js";
import { startStopwatch } from "./stopwatch.js";
import { usageSchema } from "./usage-schema.js";

export interface SampleRequest {
  readonly run: RunRef;
  /** Folder of the generator's adapter in the store. */
  readonly adapter: string;
  /** Whose seed questions are shown as examples; null shows all of the seed data. */
  readonly cluster: number | null;
  /** Where the questions are written. */
  readonly folder: string;
  /** Key of everything random in this sample. */
  readonly random: RandomKey;
  /** How many questions are wanted. */
  readonly count: number;
  /** Whether `count` is of all drawn questions or of the valid new ones. */
  readonly counts: "drawn" | "valid";
}

export const sampleSummarySchema = z.strictObject({
  drawn: z.number().int(),
  invalid: z.number().int(),
  duplicate: z.number().int(),
  copied: z.number().int(),
  valid: z.number().int(),
  validRate: z.number(),
  novelRate: z.number(),
  reasons: z.record(z.string(), z.number().int()),
  usage: usageSchema,
});
export type SampleSummary = z.infer<typeof sampleSummarySchema>;

/** A generator that has drawn this many times what is wanted does not get there. */
const LARGEST_DRAW = 4;

/** Draws questions from one generator (section 2.1): invalid ones, duplicates and copies are counted and dropped, never padded. */
export async function sampleQuestions(
  dependencies: ActivityDependencies,
  request: SampleRequest,
): Promise<SampleSummary> {
  const context = await dependencies.openRun(request.run);
  return once(context.store, keys.sampling(request.folder), sampleSummarySchema, async () => {
    const elapsed = startStopwatch();
    const { sieve, tokens, calls } = await draw(dependencies, context, request);
    await writeJsonLines(context.store, keys.questions(request.folder), sieve.questions(idPrefix(request.folder)));
    await dropParts(context.store, request.folder, "sample");
    const counts = sieve.counts();
    return { ...counts, usage: { questions: counts.drawn, tokens, calls, usd: 0, seconds: { sample: elapsed() } } };
  });
}

async function draw(
  dependencies: ActivityDependencies,
  context: RunContext,
  request: SampleRequest,
): Promise<{ sieve: QuestionSieve; tokens: number; calls: number }> {
  const { config, grader } = context;
  const { folder, adapter, random, count, counts } = request;
  const examples = await readCluster(context, request.cluster);
  const size = Math.min(config.generators.examplesPerPrompt, examples.length);
  const picks = new RandomStream({ ...random, purpose: `${random.purpose}: examples` });
  const opening = generationOpening(grader.description, size);
  const sieve = new QuestionSieve({ grader, seedQuestions: await readSeedQuestions(context) });
  const wanted = (): number => count - sieve[counts];

  let prompts = 0;
  let tokens = 0;
  const largest = Math.ceil((LARGEST_DRAW * count) / size);
  for (let round = 0; wanted() > 0 && prompts < largest; round++) {
    const asked = Math.min(Math.ceil(wanted() / size), largest - prompts);
    const batch = Array.from({ length: asked }, (_, index) => ({
      prompt: generationPrompt(
        grader.description,
        picks.sample(examples, size).map(({ question }) => question),
      ),
      opening,
      random: { ...random, purpose: `${random.purpose}: prompt ${prompts + index}` },
    }));
    const written = await completions({
      dependencies,
      context,
      base: context.inputs.generatorBase,
      adapter,
      prompts: batch,
      sampling: {
        temperature: config.generators.sampling.temperature,
        topP: config.generators.sampling.topP,
        maxNewTokens: config.generators.sampling.maxNewTokens,
      },
      folder,
      name: `sample-${round}`,
    });
    for (const completion of written) {
      tokens += completion.promptTokens + completion.generatedTokens;
      takeLines(sieve, completion, wanted);
    }
    prompts += asked;
  }
  return { sieve, tokens, calls: prompts };
}

function takeLines(sieve: QuestionSieve, completion: Completion, wanted: () => number): void {
  const lines = questionLines(completion.text, completion.finish === "length");
  // An empty completion counts: a generator that writes nothing must not pass for one that was never asked.
  if (lines.length === 0 && wanted() > 0) sieve.reject("nothing written");
  for (const line of lines) {
    if (wanted() <= 0) return;
    if (line.truncated) sieve.reject("cut off at the length limit");
    else sieve.take(line.text);
  }
}

/** `runs/x/iterations/0007/particles/03` gives `0007-03`, so that ids are unique within a run and do not depend on its name. */
export function idPrefix(folder: string): string {
  return folder
    .split("/")
    .slice(2)
    .filter((part) => /^\d+$|^initial|^best/.test(part))
    .join("-");
}
