import { ApplicationFailure } from "@temporalio/activity";
import { answerPrompt } from "../models/prompts.js";
import { type Answer, questionSchema } from "../models/records.js";
import { keys } from "../store/keys.js";
import { readJsonLines, writeJsonLines } from "../store/json-lines.js";
import { completions } from "./completions.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { dropParts } from "./in-chunks.js";
import { once } from "./once.js";
import type { RunRef } from "./run-inputs.js";
import { startStopwatch } from "./stopwatch.js";
import { type WorkDone, workDoneSchema } from "./usage-schema.js";

export interface AnswerRequest {
  readonly run: RunRef;
  /** Folder with the questions; the answers are written beside them. */
  readonly folder: string;
  /** Name of the test taker in the config. */
  readonly taker: string;
}

/** Has one test taker answer all questions of a folder. */
export async function answerQuestions(dependencies: ActivityDependencies, request: AnswerRequest): Promise<WorkDone> {
  const { run, folder, taker: name } = request;
  const context = await dependencies.openRun(run);
  const { store, config } = context;
  return once(store, keys.answered(folder, name), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const taker = embeddedTaker(context, name);
    const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
    const { samples, temperature, maxNewTokens } = config.answering;
    const asked = questions.flatMap((question) =>
      Array.from({ length: samples }, (_, sample) => ({ question, sample })),
    );
    const part = `answers-${name}`;
    const replies = await completions({
      dependencies,
      context,
      base: taker.base,
      adapter: taker.adapter,
      prompts: asked.map(({ question, sample }) => ({
        prompt: answerPrompt(question.question),
        random: { seed: config.seed, purpose: `answer ${name} ${question.id}`, iteration: sample },
      })),
      sampling: { temperature, topP: 1, maxNewTokens, stop: { text: "\n" } },
      folder,
      name: part,
    });
    const answers = asked.map(({ question, sample }, index): Answer => ({
      questionId: question.id,
      taker: name,
      response: (replies[index]?.text ?? "").trim(),
      sample,
    }));
    await writeJsonLines(store, keys.takerAnswers(folder, name), answers);
    await dropParts(store, folder, part);
    const tokens = replies.reduce((sum, reply) => sum + reply.promptTokens + reply.generatedTokens, 0);
    return { usage: { questions: 0, tokens, calls: asked.length, usd: 0, seconds: { answer: elapsed() } } };
  });
}

function embeddedTaker(
  { inputs }: RunContext,
  name: string,
): { readonly base: string; readonly adapter: string | null } {
  const taker = [...inputs.takers, ...inputs.unseenTakers].find((one) => one.name === name);
  if (taker === undefined || taker.base === null)
    throw ApplicationFailure.nonRetryable(`no embedded test taker is named ${name}`, "UnknownTaker");
  return { base: taker.base, adapter: taker.adapter };
}
