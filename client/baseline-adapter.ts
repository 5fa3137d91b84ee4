import { findBaselineWriter } from "./baseline-writer.js";
import type { BestGenerator } from "./best-generator.js";
import { InputError } from "./errors.js";
import type { FoundRun } from "./known-runs.js";

/** Why there is no adapter to copy. */
const WRITERS = {
  model: "the base model itself writes",
  generators: "several generators write, each its share",
  split: "its questions are those of a data set",
};

/** The adapter that a baseline writes with, where it is one. @throws InputError `NO_RESULT`, `NO_ADAPTER` */
export async function findBaselineAdapter(found: FoundRun, method: string): Promise<BestGenerator> {
  const { run } = found;
  const { writer, round } = await findBaselineWriter(found);
  if (writer.kind !== "model" || writer.adapter === null) {
    const why = WRITERS[writer.kind];
    throw new InputError("NO_ADAPTER", `run ${run.runId} is the baseline ${method}, which has no adapter: ${why}`);
  }
  return { run, particle: 0, iteration: round, adapter: writer.adapter };
}
