import { z } from "zod";
import { keys } from "../store/keys.js";
import { writeJsonLines } from "../store/json-lines.js";
import type { RandomKey } from "../swarm/random.js";
import type { ActivityDependencies } from "./dependencies.js";
import { drawQuestions } from "./sampling/draw-questions.js";
import { dropParts } from "./durability/in-chunks.js";
import { once } from "./durability/once.js";
import { QuestionSieve } from "./sampling/question-sieve.js";
import type { RunRef } from "./run/run-inputs.js";
import { readCluster, readExamples, readSeedQuestions } from "./run/seed-questions.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { usageSchema } from "./durability/usage-schema.js";

export interface SampleRequest {
  readonly run: RunRef;
  /** Folder of the generator's adapter in the store; null for the base model itself. */
  readonly adapter: string | null;
  /** Whose seed questions are shown as examples; null shows all of the seed data. */
  readonly cluster: number | null;
  /** Keys of questions that are shown in their place. What copies one of them is dropped, as a copy of a seed question is. */
  readonly examples?: readonly string[] | undefined;
  /** Where not given, as many as the config says. */
  readonly examplesPerPrompt?: number | undefined;
  /** Where the questions are written. */
  readonly folder: string;
  /** Key of everything random in this sample. */
  readonly random: RandomKey;
  /** How many questions are wanted. */
  readonly count: number;
  /** Whether `count` is of all drawn questions or of the valid new ones. */
  readonly counts: "drawn" | "valid";
  /** Whether other runs may draw the same from the same generator. @default false */
  readonly share?: boolean | undefined;
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

/** Draws questions from one generator (section 2.1): invalid ones, duplicates and copies are counted and dropped, never padded. */
export async function sampleQuestions(
  dependencies: ActivityDependencies,
  request: SampleRequest,
): Promise<SampleSummary> {
  const context = await dependencies.openRun(request.run);
  return once(context.store, keys.sampling(request.folder), sampleSummarySchema, async () => {
    const elapsed = startStopwatch();
    const { folder, adapter, random, count, counts, share = false } = request;
    const seedQuestions = await readSeedQuestions(context);
    const chosen = request.examples === undefined ? undefined : await readExamples(context, request.examples);
    const sieve = new QuestionSieve({ grader: context.grader, seedQuestions: [...seedQuestions, ...(chosen ?? [])] });
    const nameOf = (round: number): string => `sample-${round}`;
    const rounds = await drawQuestions({
      dependencies,
      context,
      adapter,
      examples: chosen ?? (await readCluster(context, request.cluster)),
      examplesPerPrompt: request.examplesPerPrompt ?? context.config.generators.examplesPerPrompt,
      random,
      sieve,
      count,
      counts,
      share,
      folder,
      nameOf,
    });
    await writeJsonLines(context.store, keys.questions(folder), sieve.questions(idPrefix(folder)));
    for (const round of rounds.keys()) await dropParts(context.store, folder, nameOf(round));
    return { ...sieve.counts(), usage: usageOfWork("sample", elapsed(), rounds) };
  });
}

/** Folders of a run that say of what kind those in them are. */
const KINDS = new Set(["iterations", "particles", "fresh", "samples"]);

/** `runs/x/iterations/0007/particles/03` gives `0007-03`, so that ids are unique within a run and do not depend on its name. */
export function idPrefix(folder: string): string {
  return folder
    .split("/")
    .slice(2)
    .filter((part) => !KINDS.has(part))
    .join("-");
}
