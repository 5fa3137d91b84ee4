import { type Answer, answerSchema, type Grade, questionSchema } from "../models/records.js";
import { keys } from "../store/keys.js";
import { readJsonLines, writeJsonLines } from "../store/json-lines.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./once.js";
import type { RunRef } from "./run-inputs.js";
import { startStopwatch } from "./stopwatch.js";
import { type WorkDone, workDoneSchema } from "./usage-schema.js";

export interface JudgeRequest {
  readonly run: RunRef;
  readonly folder: string;
}

/** Grades the answers of all takers to a folder's questions against the exact ground truth. */
export async function judgeAnswers(
  dependencies: ActivityDependencies,
  { run, folder }: JudgeRequest,
): Promise<WorkDone> {
  const { store, grader, inputs } = await dependencies.openRun(run);
  return once(store, keys.judged(folder), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
    const byTaker = await Promise.all(
      inputs.takers.map(({ name }) => readJsonLines(store, keys.takerAnswers(folder, name), answerSchema)),
    );
    const answers = byTaker.flat();
    const texts = new Map(questions.map(({ id, question }) => [id, question]));
    const grades = answers.map((answer): Grade => ({
      questionId: answer.questionId,
      taker: answer.taker,
      sample: answer.sample,
      performance: grader.isCorrect(questionOf(answer, texts), answer.response) ? 1 : 0,
    }));
    await writeJsonLines(store, keys.answers(folder), answers);
    await writeJsonLines(store, keys.grades(folder), grades);
    return { usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { judge: elapsed() } } };
  });
}

function questionOf({ questionId, taker }: Answer, texts: ReadonlyMap<string, string>): string {
  const text = texts.get(questionId);
  if (text === undefined) throw new TypeError(`${taker} answered question ${questionId}, which is not in the folder`);
  return text;
}
