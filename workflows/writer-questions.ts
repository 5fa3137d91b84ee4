import type { RunRef } from "../activities/run/run-inputs.js";
import type { SampleSummary } from "../activities/sample-questions.js";
import type { Writer } from "../activities/sampling/writer.js";
import { write } from "./baselines/write.js";

export interface WriterQuestionsInput {
  /** The baseline's run. */
  readonly run: RunRef;
  readonly writer: Writer;
  /** Where `questions.jsonl` is written. */
  readonly folder: string;
  /** Questions wanted. */
  readonly count: number;
  readonly seed: number;
}

/** Draws a question set from what a baseline ended with. */
export function writerQuestions({ run, writer, folder, count, seed }: WriterQuestionsInput): Promise<SampleSummary> {
  return write({ run, writer, folder, random: { seed, purpose: "question set" }, count });
}
