import { shownCluster } from "../config/sample-from.js";
import { keys } from "../store/keys.js";
import { writeJsonLines } from "../store/json-lines.js";
import { interleave } from "../swarm/interleave.js";
import type { RandomKey } from "../swarm/random.js";
import type { ActivityDependencies } from "./dependencies.js";
import { drawQuestions } from "./sampling/draw-questions.js";
import { dropParts } from "./durability/in-chunks.js";
import { once } from "./durability/once.js";
import { QuestionSieve } from "./sampling/question-sieve.js";
import type { RunRef } from "./run/run-inputs.js";
import { idPrefix, type SampleSummary, sampleSummarySchema } from "./sample-questions.js";
import { readCluster, readSeedQuestions } from "./run/seed-questions.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { type PieceOfWork, usageOfWork } from "./durability/usage-of-work.js";

export interface MixtureRequest {
  readonly run: RunRef;
  /** Folders of the generators' adapters in the store, in the order of their clusters. */
  readonly adapters: readonly string[];
  readonly folder: string;
  readonly random: RandomKey;
  /** How many questions are wanted of all of them together. */
  readonly count: number;
  readonly counts: "drawn" | "valid";
  readonly share?: boolean | undefined;
}

/**
 * Draws an equal share of questions from each of several generators. What one of them repeats of another is a duplicate too. The
 * questions take turns, so that every part of the set is such a mixture.
 */
export async function sampleMixture(
  dependencies: ActivityDependencies,
  { run, adapters, folder, random, count, counts, share = false }: MixtureRequest,
): Promise<SampleSummary> {
  const context = await dependencies.openRun(run);
  const { store, grader, config } = context;
  return once(store, keys.sampling(folder), sampleSummarySchema, async () => {
    const elapsed = startStopwatch();
    const { clusters, examplesPerPrompt, sampling } = config.generators;
    const sieve = new QuestionSieve({ grader, seedQuestions: await readSeedQuestions(context) });
    const work: PieceOfWork[] = [];
    const parts: string[] = [];
    const ends: number[] = [];
    for (const [particle, adapter] of adapters.entries()) {
      const nameOf = (round: number): string => `sample-${particle}-${round}`;
      const rounds = await drawQuestions({
        dependencies,
        context,
        adapter,
        examples: await readCluster(context, shownCluster(sampling.from, particle, clusters)),
        examplesPerPrompt,
        random: { ...random, particle },
        sieve,
        count: shareOf(count, particle, adapters.length),
        counts,
        share,
        folder,
        nameOf,
      });
      work.push(...rounds);
      parts.push(...rounds.map((_, round) => nameOf(round)));
      ends.push(sieve.valid);
    }
    const questions = sieve.questions(idPrefix(folder));
    const byGenerator = ends.map((end, index) => questions.slice(ends[index - 1] ?? 0, end));
    await writeJsonLines(store, keys.questions(folder), interleave(byGenerator));
    for (const name of parts) await dropParts(store, folder, name);
    return { ...sieve.counts(), usage: usageOfWork("sample", elapsed(), work) };
  });
}

/** Of a number of questions the part of one of several generators; the parts differ by one at most. */
function shareOf(count: number, index: number, of: number): number {
  return Math.floor(((index + 1) * count) / of) - Math.floor((index * count) / of);
}
