import { answerPrompt } from "../../models/prompts.js";
import { type Answer, questionSchema } from "../../models/records.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import type { RunContext } from "../dependencies.js";

/** One answer that a test taker is asked for. */
export interface AskedQuestion {
  readonly questionId: string;
  readonly sample: number;
  readonly prompt: string;
}

/** Everything that one taker is asked about a folder's questions: each of them `answering.samples` times. */
export async function readAskedQuestions({ store, config }: RunContext, folder: string): Promise<AskedQuestion[]> {
  const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
  return questions.flatMap(({ id, question }) =>
    Array.from({ length: config.answering.samples }, (_, sample) => ({
      questionId: id,
      sample,
      prompt: answerPrompt(question),
    })),
  );
}

/** @param replies one for each that was asked, in their order */
export function answersOf(
  taker: string,
  asked: readonly AskedQuestion[],
  replies: readonly { readonly text: string }[],
): Answer[] {
  return asked.map(({ questionId, sample }, index) => ({
    questionId,
    taker,
    response: replies[index]!.text.trim(),
    sample,
  }));
}
