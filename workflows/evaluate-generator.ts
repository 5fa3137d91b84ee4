import type { SampleRequest } from "../activities/sample-questions.js";
import { cpu } from "./activity-options.js";
import { evaluate, type Evaluation, type StageContext } from "./evaluate.js";
import { addUsage } from "./usage.js";

/** Evaluates a particle of a search, and keeps what it found for others to be shown, where that is asked for. */
export async function evaluateGenerator(stage: StageContext, sample: Omit<SampleRequest, "run">): Promise<Evaluation> {
  const evaluation = await evaluate(stage, sample);
  if (stage.plan.sampleFrom !== "found" || evaluation.score === null) return evaluation;
  const chosen = await cpu.chooseExamples({ run: stage.run, folder: sample.folder });
  return { ...evaluation, usage: addUsage(evaluation.usage, chosen.usage) };
}
