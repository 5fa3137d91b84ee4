import { NoveltySorter } from "../metrics/novelty.js";
import { type Question, questionSchema } from "../models/records.js";
import { keys } from "../store/keys.js";
import { readJsonLines, writeJsonLines } from "../store/json-lines.js";
import { type RandomKey, RandomStream } from "../swarm/random.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { once } from "./durability/once.js";
import { canonicalForms } from "./sampling/question-sieve.js";
import type { RunRef } from "./run/run-inputs.js";
import { type SampleSummary, sampleSummarySchema } from "./sample-questions.js";
import { readSeedQuestions } from "./run/seed-questions.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";

export interface SplitRequest {
  readonly run: RunRef;
  readonly split: "seed" | "held-out";
  /** Where the questions are written. */
  readonly folder: string;
  readonly random: RandomKey;
  /** How many are wanted; null for all. */
  readonly count: number | null;
}

/**
 * Draws questions of a data set without replacement; all of them where it has no more than are wanted. They are kept as they are:
 * what the summary counts as duplicates and as copies of seed questions, which all of the seed data is, is not dropped.
 */
export async function drawSplit(
  dependencies: ActivityDependencies,
  { run, split, folder, random, count }: SplitRequest,
): Promise<SampleSummary> {
  const context = await dependencies.openRun(run);
  return once(context.store, keys.sampling(folder), sampleSummarySchema, async () => {
    const elapsed = startStopwatch();
    const questions = split === "seed" ? await readSeedQuestions(context) : await readHeldOut(context);
    const drawn = new RandomStream(random).sample(questions, count ?? questions.length);
    const sorter = new NoveltySorter(canonicalForms(context.grader, await readSeedQuestions(context)));
    const examined = drawn.map((question) => examine(context, question));
    for (const { canonical } of examined) sorter.add(canonical);
    const { duplicates: duplicate, copies: copied, validRate, novelRate } = sorter.counts();
    await writeJsonLines(
      context.store,
      keys.questions(folder),
      examined.map(({ question }) => question),
    );
    return {
      drawn: drawn.length,
      invalid: 0,
      duplicate,
      copied,
      valid: drawn.length,
      validRate,
      novelRate,
      reasons: {},
      usage: usageOfWork("sample", elapsed(), [{ questions: drawn.length, sharedSeconds: undefined }]),
    };
  });
}

function readHeldOut({ store, inputs, runId }: RunContext): Promise<Question[]> {
  if (inputs.heldOutData === null) throw new TypeError(`run ${runId} has no held-out data`);
  return readJsonLines(store, inputs.heldOutData.key, questionSchema);
}

/** A question with the true answer, kind and size that the grader tells, as generated ones have them. */
function examine(
  { grader }: RunContext,
  { id, question }: Question,
): { readonly question: Question; readonly canonical: string } {
  const graded = grader.examine(question);
  // The client looked at every one of them before the run began.
  if (!graded.valid) throw new TypeError(`question ${id} is not valid: ${graded.reason}`);
  const { truth, kind, size, canonical } = graded;
  return { question: { id, question, answer: truth, meta: { kind, size } }, canonical };
}
