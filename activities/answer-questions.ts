import { ApplicationFailure } from "@temporalio/activity";
import type { EndpointTakerConfig } from "../config/model-schema.js";
import { keys, type TakerPool } from "../store/keys.js";
import { writeJsonLines } from "../store/json-lines.js";
import { answerFromEndpoint } from "./answer-from-endpoint.js";
import { answersOf, readAskedQuestions } from "./asked-questions.js";
import { completions } from "./completions.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { dropParts } from "./in-chunks.js";
import { once } from "./once.js";
import type { RunRef } from "./run-inputs.js";
import { startStopwatch } from "./stopwatch.js";
import { takersOf } from "./taker-pool.js";
import { type WorkDone, workDoneSchema } from "./usage-schema.js";

export interface AnswerRequest {
  readonly run: RunRef;
  /** Folder with the questions; the answers are written beside them, or to where the pool's lie. */
  readonly folder: string;
  /** @default "search" */
  readonly pool?: TakerPool;
  /** Name of the test taker in the config. */
  readonly taker: string;
}

/** Has one test taker answer all questions of a folder. */
export async function answerQuestions(dependencies: ActivityDependencies, request: AnswerRequest): Promise<WorkDone> {
  const { run, folder, pool = "search", taker: name } = request;
  const answers = keys.pool(folder, pool);
  const context = await dependencies.openRun(run);
  const endpoint = endpointTaker(context, name);
  if (endpoint !== undefined) return answerFromEndpoint({ dependencies, context, taker: endpoint, folder, answers });
  const { store, config } = context;
  return once(store, keys.answered(answers, name), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const taker = embeddedTaker(context, pool, name);
    const { temperature, maxNewTokens } = config.answering;
    const asked = await readAskedQuestions(context, folder);
    const part = `answers-${name}`;
    const replies = await completions({
      dependencies,
      context,
      base: taker.base,
      adapter: taker.adapter,
      prompts: asked.map(({ questionId, sample, prompt }) => ({
        prompt,
        random: { seed: config.seed, purpose: `answer ${name} ${questionId}`, iteration: sample },
      })),
      sampling: { temperature, topP: 1, maxNewTokens, stop: { text: "\n" } },
      folder: answers,
      name: part,
    });
    await writeJsonLines(store, keys.takerAnswers(answers, name), answersOf(name, asked, replies));
    await dropParts(store, answers, part);
    const tokens = replies.reduce((sum, reply) => sum + reply.promptTokens + reply.generatedTokens, 0);
    return { usage: { questions: 0, tokens, calls: asked.length, usd: 0, seconds: { answer: elapsed() } } };
  });
}

function endpointTaker({ config }: RunContext, name: string): EndpointTakerConfig | undefined {
  const taker = [...config.takers, ...config.unseenTakers].find((one) => one.name === name);
  return taker !== undefined && "endpoint" in taker ? taker : undefined;
}

function embeddedTaker(
  { inputs }: RunContext,
  pool: TakerPool,
  name: string,
): { readonly base: string; readonly adapter: string | null } {
  const taker = takersOf(inputs, pool).find((one) => one.name === name);
  if (taker === undefined || taker.base === null)
    throw ApplicationFailure.nonRetryable(`no test taker is named ${name}`, "UnknownTaker");
  return { base: taker.base, adapter: taker.adapter };
}
