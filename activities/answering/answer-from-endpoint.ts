import { Context } from "@temporalio/activity";
import type { EndpointTakerConfig } from "../../config/model-schema.js";
import type { PaidReply } from "../../models/openai/endpoint.js";
import { writeJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { answersOf, readAskedQuestions } from "./asked-questions.js";
import type { ActivityDependencies, RunContext } from "../dependencies.js";
import { endpointReplies } from "./endpoint-replies.js";
import { once } from "../durability/once.js";
import { ReplyJournal } from "./reply-journal.js";
import { startStopwatch } from "../durability/stopwatch.js";
import { type WorkDone, workDoneSchema } from "../durability/usage-schema.js";

interface EndpointAnswers {
  readonly dependencies: ActivityDependencies;
  readonly context: RunContext;
  readonly taker: EndpointTakerConfig;
  /** Folder with the questions. */
  readonly folder: string;
  /** Folder of the answers. */
  readonly answers: string;
}

/** Has a test taker behind an endpoint answer all questions of a folder. No call that was answered is made again. */
export async function answerFromEndpoint(options: EndpointAnswers): Promise<WorkDone> {
  const { dependencies, context, taker, folder, answers } = options;
  const { store } = context;
  const journal = new ReplyJournal({ store, folder: answers, taker: taker.name });
  const done = await once(store, keys.answered(answers, taker.name), workDoneSchema, async () => {
    const elapsed = startStopwatch();
    const asked = await readAskedQuestions(context, folder);
    const replies = await endpointReplies({ dependencies, context, taker, asked, journal });
    await writeJsonLines(store, keys.takerAnswers(answers, taker.name), answersOf(taker.name, asked, replies));
    noteCutOff(taker, replies);
    return { usage: { questions: 0, ...costOf(replies, taker), seconds: { answer: elapsed() } } };
  });
  // After the mark that the answers are whole: what is dropped before it would be paid for again.
  await journal.drop();
  return done;
}

function costOf(
  replies: readonly PaidReply[],
  { price }: EndpointTakerConfig,
): { readonly tokens: number; readonly calls: number; readonly usd: number } {
  const sum = (of: (reply: PaidReply) => number | null): number =>
    replies.reduce((total, reply) => total + (of(reply) ?? 0), 0);
  const input = sum(({ promptTokens }) => promptTokens);
  const output = sum(({ generatedTokens }) => generatedTokens);
  const usd = price === undefined ? 0 : (input * price.inputPerMillion + output * price.outputPerMillion) / 1e6;
  return { tokens: input + output, calls: sum(({ calls }) => calls), usd };
}

function noteCutOff({ name }: EndpointTakerConfig, replies: readonly PaidReply[]): void {
  const cut = replies.filter(({ finish }) => finish === "length");
  if (cut.length === 0) return;
  Context.current().log.info("replies were cut off at answering.maxNewTokens; they are graded as they are", {
    taker: name,
    cutOff: cut.length,
    withoutText: cut.filter(({ text }) => text.trim() === "").length,
    replies: replies.length,
  });
}
