import { ApplicationFailure } from "@temporalio/activity";
import type { EndpointTakerConfig } from "../config/model-schema.js";
import { keys, type TakerPool } from "../store/keys.js";
import { writeJsonLines } from "../store/json-lines.js";
import { answerFromEndpoint } from "./answering/answer-from-endpoint.js";
import { answersOf, readAskedQuestions } from "./answering/asked-questions.js";
import { completions, tokensOf } from "./sampling/completions.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { dropParts } from "./durability/in-chunks.js";
import { once } from "./durability/once.js";
import type { RunRef } from "./run/run-inputs.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { takersOf } from "./run/taker-pool.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import { type WorkDone, workDoneSchema } from "./durability/usage-schema.js";

export interface AnswerRequest {
  readonly run: RunRef;
  /** Folder with the questions; the answers are written beside them, or to where the pool's lie. */
  readonly folder: string;
  /** @default "search" */
  readonly pool?: TakerPool;
  /** Name of the test taker in the config, or of who answers with `model`. */
  readonly taker: string;
  /** What it answers with, where it has moved from what the config names, or is none of the config's. */
  readonly model?: TakerModel | undefined;
  /** Whether other runs may have this taker, if it is embedded, asked the same. @default false */
  readonly share?: boolean | undefined;
}

/** An embedded model as it answers. */
export interface TakerModel {
  readonly base: string;
  /** Folder of the adapter in the store; null for the base model itself. */
  readonly adapter: string | null;
}

/** Has one test taker answer all questions of a folder. */
export async function answerQuestions(dependencies: ActivityDependencies, request: AnswerRequest): Promise<WorkDone> {
  const { run, folder, pool = "search", taker: name, model, share = false } = request;
  const answers = keys.pool(folder, pool);
  const context = await dependencies.openRun(run);
  const endpoint = model === undefined ? endpointTaker(context, name) : undefined;
  if (endpoint !== undefined) return answerFromEndpoint({ dependencies, context, taker: endpoint, folder, answers });
  const { store, config } = context;
  return once(store, keys.answered(answers, name), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const taker = model ?? embeddedTaker(context, pool, name);
    const { temperature, maxNewTokens } = config.answering;
    const asked = await readAskedQuestions(context, folder);
    const part = `answers-${name}`;
    const { completions: replies, sharedSeconds } = await completions({
      doing: `answering as ${name}`,
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
      share,
    });
    await writeJsonLines(store, keys.takerAnswers(answers, name), answersOf(name, asked, replies));
    await dropParts(store, answers, part);
    const work = { tokens: tokensOf(replies), calls: asked.length, sharedSeconds };
    return { usage: usageOfWork("answer", elapsed(), [work]) };
  });
}

function endpointTaker({ config }: RunContext, name: string): EndpointTakerConfig | undefined {
  const taker = [...config.takers, ...config.unseenTakers].find((one) => one.name === name);
  return taker !== undefined && "endpoint" in taker ? taker : undefined;
}

function embeddedTaker({ inputs }: RunContext, pool: TakerPool, name: string): TakerModel {
  const taker = takersOf(inputs, pool).find((one) => one.name === name);
  if (taker === undefined || taker.base === null)
    throw ApplicationFailure.nonRetryable(`no test taker is named ${name}`, "UnknownTaker");
  return { base: taker.base, adapter: taker.adapter };
}
