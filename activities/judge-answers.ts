import { type Answer, answerSchema, type Grade, questionSchema } from "../models/records.js";
import { keys, type TakerPool } from "../store/keys.js";
import { readJsonLines, writeJsonLines } from "../store/json-lines.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import type { RunRef } from "./run/run-inputs.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { takersOf } from "./run/taker-pool.js";
import { type WorkDone, workDoneSchema } from "./durability/usage-schema.js";

export interface JudgeRequest {
  readonly run: RunRef;
  readonly folder: string;
  /** @default "search" */
  readonly pool?: TakerPool;
  /** Names of who answered, where those are not the pool's takers. */
  readonly takers?: readonly string[] | undefined;
}

/** Grades the answers of all takers of a pool to a folder's questions against the exact ground truth. */
export async function judgeAnswers(
  dependencies: ActivityDependencies,
  { run, folder, pool = "search", takers }: JudgeRequest,
): Promise<WorkDone> {
  const { store, grader, inputs } = await dependencies.openRun(run);
  const graded = keys.pool(folder, pool);
  return once(store, keys.judged(graded), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
    const names = takers ?? takersOf(inputs, pool).map(({ name }) => name);
    const byTaker = await Promise.all(
      names.map((name) => readJsonLines(store, keys.takerAnswers(graded, name), answerSchema)),
    );
    const answers = byTaker.flat();
    const texts = new Map(questions.map(({ id, question }) => [id, question]));
    const grades = answers.map((answer): Grade => ({
      questionId: answer.questionId,
      taker: answer.taker,
      sample: answer.sample,
      performance: grader.isCorrect(questionOf(answer, texts), answer.response) ? 1 : 0,
    }));
    await writeJsonLines(store, keys.answers(graded), answers);
    await writeJsonLines(store, keys.grades(graded), grades);
    return { usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { judge: elapsed() } } };
  });
}

function questionOf({ questionId, taker }: Answer, texts: ReadonlyMap<string, string>): string {
  const text = texts.get(questionId);
  if (text === undefined) throw new TypeError(`${taker} answered question ${questionId}, which is not in the folder`);
  return text;
}
