import type { Question } from "../../models/records.js";
import type { TrainingExample } from "../../models/onnx/training.js";
import { answerCompletion, answerPrompt } from "../../models/prompts.js";
import type { RunContext } from "../dependencies.js";

/**
 * Questions with their true answers, as a test taker learns them; none where there is no question. Where there are fewer questions than
 * instances they are gone through again, so that trainings on little data take as many steps as others.
 *
 * @throws TypeError where a question is not valid
 */
export function answerInstances(
  { grader }: Pick<RunContext, "grader">,
  questions: readonly Question[],
  instances: number,
): TrainingExample[] {
  return Array.from({ length: questions.length === 0 ? 0 : instances }, (_, index) => {
    const { id, question } = questions[index % questions.length]!;
    const examined = grader.examine(question);
    if (!examined.valid) throw new TypeError(`question ${id} is not valid: ${examined.reason}`);
    return { prompt: answerPrompt(question), completion: answerCompletion(examined.truth) };
  });
}
