import type { RunRef } from "../activities/run/run-inputs.js";
import type { SampleSummary } from "../activities/sample-questions.js";
import { gpu } from "./activity-options.js";

export interface QuestionSetInput {
  /** The run whose generator writes. */
  readonly run: RunRef;
  /** Folder of the generator's adapter in the store. */
  readonly adapter: string;
  /** Whose seed questions are shown as examples; null shows all of the seed data. */
  readonly cluster: number | null;
  /** Keys of questions that are shown in their place. */
  readonly examples?: readonly string[];
  /** Where `questions.jsonl` is written. */
  readonly folder: string;
  /** Valid, deduplicated questions wanted. */
  readonly count: number;
  readonly seed: number;
}

/** Draws a question set from one generator, with answers where ground truth exists. */
export function questionSet({ seed, ...request }: QuestionSetInput): Promise<SampleSummary> {
  return gpu.sampleQuestions({ ...request, random: { seed, purpose: "question set" }, counts: "valid" });
}
