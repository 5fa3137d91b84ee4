import type { Command } from "commander";
import type { RunRef } from "../../activities/run/run-inputs.js";
import { shownAtBest } from "../../activities/find-best.js";
import type { SampleSummary } from "../../activities/sample-questions.js";
import { workflowId } from "../../config/queues.js";
import { keys } from "../../store/keys.js";
import type { QuestionSetInput } from "../../workflows/question-set.js";
import type { WriterQuestionsInput } from "../../workflows/writer-questions.js";
import { findBaselineWriter } from "../baseline-writer.js";
import { findBestGenerator } from "../best-generator.js";
import { FailureError } from "../errors.js";
import { findRun, type FoundRun } from "../known-runs.js";
import { rememberStart } from "../known-stores.js";
import { print, printJson } from "../output.js";
import { percent } from "../progress/format.js";
import { readStoredConfig } from "../read-stored-config.js";
import { runShortWork } from "../run-workflow.js";
import { STORE_OPTION, verb, wholeNumber } from "../verb.js";
import { replaceFile } from "../../store/replace-file.js";

interface SampleOptions {
  readonly count: number;
  readonly seed: number;
  readonly out: string;
  readonly store?: string;
  readonly json?: boolean;
}

export function sampleVerb(): Command {
  return verb({
    name: "sample",
    summary: "fresh, valid, deduplicated questions from a run's best generator, with answers",
    examples: ["swarm sample smoke-1a2b3c4d -n 500 --seed 7 --out questions.jsonl"],
    json: "print {runId, out, valid, drawn, validRate, novelRate, ...}",
  })
    .argument("<id>", "the run; one that is under way gives the best generator so far")
    .requiredOption("-n, --count <n>", "questions wanted", wholeNumber(1))
    .requiredOption("--seed <s>", "of all randomness: the same seed gives the same questions", wholeNumber(0))
    .requiredOption("--out <file>", "the JSON lines to write")
    .option(...STORE_OPTION)
    .action(sample);
}

async function sample(runId: string, { count, seed, out, store: storeUri, json }: SampleOptions): Promise<void> {
  const found = await findRun(runId, storeUri);
  const { workflow, input } = await questionWork(found, count, seed);
  const summary = await runShortWork<typeof input, SampleSummary>({
    workflow,
    workflowId: `${workflowId(input.run.runId)}/${input.folder.split("/").at(-1)}`,
    input: async () => {
      await rememberStart(input.run);
      return input;
    },
    doing: `sampling ${count} questions`,
  });
  const { usage: _, ...counts } = summary;
  if (summary.valid < count) {
    throw new FailureError(
      "TOO_FEW_QUESTIONS",
      `only ${summary.valid} of ${count} questions are valid and new after ${summary.drawn} drawn; ask for fewer (nothing was written)`,
    );
  }
  await replaceFile(out, await found.store.get(keys.questions(input.folder)));
  if (json === true) printJson({ runId, out, ...counts });
  else {
    const rates = `${percent(Math.round(summary.validRate * 1000) / 1000)} of what it wrote was valid`;
    print(`${out}: ${summary.valid} questions (${rates}; ${summary.drawn} drawn)`);
  }
}

type QuestionWork =
  | { readonly workflow: "questionSet"; readonly input: QuestionSetInput }
  | { readonly workflow: "writerQuestions"; readonly input: WriterQuestionsInput };

async function questionWork(found: FoundRun, count: number, seed: number): Promise<QuestionWork> {
  const { run, store } = found;
  const config = await readStoredConfig(store, run.runId);
  const folderOf = ({ runId }: RunRef, what: string): string =>
    `${keys.run(runId)}/samples/best-${what}-seed-${seed}-count-${count}`;
  if (config.kind === "baseline") {
    const { writer, round } = await findBaselineWriter(found);
    return { workflow: "writerQuestions", input: { run, writer, folder: folderOf(run, `${round}`), count, seed } };
  }
  const { run: maker, particle, iteration, adapter } = await findBestGenerator(found);
  const folder = folderOf(maker, `${iteration}-${particle}`);
  return {
    workflow: "questionSet",
    input: { run: maker, adapter, ...shownAtBest(config, particle, adapter), folder, count, seed },
  };
}
