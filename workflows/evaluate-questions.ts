import type { EvaluationSummary } from "../activities/summarise-evaluation.js";
import type { RunRef } from "../activities/run/run-inputs.js";
import { cpu } from "./activity-options.js";
import { answerAndJudge } from "./evaluate.js";
import { Progress } from "./progress.js";

export interface EvaluateQuestionsInput {
  readonly run: RunRef;
  /** Folder whose `questions.jsonl` the takers answer. */
  readonly folder: string;
}

/** Has the takers of a config answer a given question set: evaluation matrix, objectives, confidence intervals. */
export async function evaluateQuestions({ run, folder }: EvaluateQuestionsInput): Promise<EvaluationSummary> {
  const plan = await cpu.openStages({ run });
  const hold = (): Promise<void> => Promise.resolve();
  await answerAndJudge({ run, plan, progress: new Progress(), hold }, folder);
  return cpu.summariseEvaluation({ run, folder });
}
