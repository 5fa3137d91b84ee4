import { generationOpening, generationPrompt } from "../../models/prompts.js";
import { questionLines } from "../../models/question-lines.js";
import type { Question } from "../../models/records.js";
import { type RandomKey, RandomStream } from "../../swarm/random.js";
import { type Completion, completions, tokensOf } from "./completions.js";
import type { ActivityDependencies, RunContext } from "../dependencies.js";
import type { QuestionSieve } from "./question-sieve.js";
import type { PieceOfWork } from "../durability/usage-of-work.js";

export interface Draw {
  readonly dependencies: ActivityDependencies;
  readonly context: RunContext;
  /** Folder of the generator's adapter in the store; null for the base model itself. */
  readonly adapter: string | null;
  /** What it is shown examples of, as many of them in each prompt. */
  readonly examples: readonly Question[];
  readonly examplesPerPrompt: number;
  readonly random: RandomKey;
  /** Takes what is written. */
  readonly sieve: QuestionSieve;
  /** How many more questions it is to take now. */
  readonly count: number;
  readonly counts: "drawn" | "valid";
  /** Whether other runs may draw the same. */
  readonly share: boolean;
  /** Where unfinished work lies, and how that of a round is named there. */
  readonly folder: string;
  readonly nameOf: (round: number) => string;
}

/** A generator that has drawn this many times what is wanted does not get there. */
const LARGEST_DRAW = 4;

/**
 * Has one generator write into a sieve until as many questions as wanted are through it, in rounds of as many prompts as are
 * still missing.
 *
 * @returns what each round cost
 */
export async function drawQuestions(draw: Draw): Promise<PieceOfWork[]> {
  const { dependencies, context, adapter, examples, random, sieve, count, counts, share, folder, nameOf } = draw;
  const { description } = context.grader;
  const { temperature, topP, maxNewTokens } = context.config.generators.sampling;
  const size = Math.min(draw.examplesPerPrompt, examples.length);
  const picks = new RandomStream({ ...random, purpose: `${random.purpose}: examples` });
  const opening = generationOpening(description, size);
  const before = sieve[counts];
  const wanted = (): number => count - (sieve[counts] - before);

  const rounds: PieceOfWork[] = [];
  let prompts = 0;
  const largest = Math.ceil((LARGEST_DRAW * count) / size);
  while (wanted() > 0 && prompts < largest) {
    const asked = Math.min(Math.ceil(wanted() / size), largest - prompts);
    const batch = Array.from({ length: asked }, (_, index) => ({
      prompt: generationPrompt(
        description,
        picks.sample(examples, size).map(({ question }) => question),
      ),
      opening,
      random: { ...random, purpose: `${random.purpose}: prompt ${prompts + index}` },
    }));
    const { completions: written, sharedSeconds } = await completions({
      doing: "sampling",
      dependencies,
      context,
      base: context.inputs.generatorBase,
      adapter,
      prompts: batch,
      sampling: { temperature, topP, maxNewTokens },
      folder,
      name: nameOf(rounds.length),
      share,
    });
    const drawnBefore = sieve.drawn;
    for (const completion of written) takeLines(sieve, completion, wanted);
    const questions = sieve.drawn - drawnBefore;
    rounds.push({ questions, tokens: tokensOf(written), calls: asked, sharedSeconds });
    prompts += asked;
  }
  return rounds;
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
