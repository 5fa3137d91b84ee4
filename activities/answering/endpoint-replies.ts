import { setMaxListeners } from "node:events";
import { ApplicationFailure, Context } from "@temporalio/activity";
import PQueue from "p-queue";
import type { EndpointTakerConfig } from "../../config/model-schema.js";
import type { Endpoint, PaidReply, Signals } from "../../models/openai/endpoint.js";
import { EndpointError } from "../../models/openai/endpoint-error.js";
import type { AskedQuestion } from "./asked-questions.js";
import type { ActivityDependencies, RunContext } from "../dependencies.js";
import { Counting, progressTeller } from "../durability/progress.js";
import type { ReplyJournal } from "./reply-journal.js";

/** Asks an endpoint what it has not been asked yet; each reply is in the journal as soon as it has come. */
export async function endpointReplies(options: {
  readonly dependencies: ActivityDependencies;
  readonly context: RunContext;
  readonly taker: EndpointTakerConfig;
  readonly asked: readonly AskedQuestion[];
  readonly journal: ReplyJournal;
}): Promise<readonly PaidReply[]> {
  const { dependencies, context, taker, asked, journal } = options;
  const endpoint = await asFailure(taker, () => dependencies.openEndpoint(taker));
  const replies = await journal.read(asked);
  for (const [index, reply] of replies) if (lacksUsage(context, taker, reply)) replies.delete(index);
  const tellProgress = progressTeller();
  const counting = new Counting(`answering as ${taker.name}`, { unit: "reply", of: asked.length });
  const tell = (): void => tellProgress(counting.at(replies.size));
  tell();
  await asFailure(taker, () =>
    askAll(asked, taker.concurrency, Context.current().cancellationSignal, async (one, index, signals) => {
      if (replies.has(index)) return;
      const reply = await ask({ endpoint, context, taker, one, signals });
      // What is stored without counts that are needed would be taken for free when the run goes on.
      if (lacksUsage(context, taker, reply)) throw missingUsage();
      await journal.write({ questionId: one.questionId, sample: one.sample }, reply);
      replies.set(index, reply);
      tell();
    }),
  );
  return asked.map((_, index) => replies.get(index)!);
}

/** Works on all at once, up to a limit. After a failure nothing is begun, but what has begun may end: it is paid for. */
async function askAll<Item>(
  items: readonly Item[],
  concurrency: number,
  cancel: AbortSignal,
  work: (item: Item, index: number, signals: Signals) => Promise<void>,
): Promise<void> {
  const leaving = new AbortController();
  // Every call under way listens to both; Node takes more than ten listeners for a leak.
  setMaxListeners(0, cancel, leaving.signal);
  const leave = (): void => leaving.abort(cancel.reason);
  cancel.addEventListener("abort", leave, { once: true });
  if (cancel.aborted) leave();
  const queue = new PQueue({ concurrency });
  const tasks = items.map((item, index) =>
    queue.add(async () => {
      if (leaving.signal.aborted) return;
      try {
        await work(item, index, { cancel, leave: leaving.signal });
      } catch (error) {
        // The first failure is the cause; those after it are what its signal brought about.
        leaving.abort(error);
      }
    }),
  );
  await Promise.all(tasks);
  cancel.removeEventListener("abort", leave);
  leaving.signal.throwIfAborted();
}

function ask(options: {
  readonly endpoint: Endpoint;
  readonly context: RunContext;
  readonly taker: EndpointTakerConfig;
  readonly one: AskedQuestion;
  readonly signals: Signals;
}): Promise<PaidReply> {
  const { endpoint, context, taker, one, signals } = options;
  const { temperature, maxNewTokens } = context.config.answering;
  return endpoint.ask(
    {
      prompt: one.prompt,
      temperature,
      maxNewTokens,
      stop: taker.stop,
      seed: taker.seed === undefined ? undefined : taker.seed + one.sample,
    },
    { seed: context.config.seed, purpose: `pauses ${taker.name} ${one.questionId}`, iteration: one.sample },
    signals,
  );
}

/** A budget that counts nothing would never stop the search. */
function lacksUsage({ config }: RunContext, { price }: EndpointTakerConfig, reply: PaidReply): boolean {
  const isNeeded = price !== undefined || config.budget.tokens !== undefined;
  return isNeeded && (reply.promptTokens === null || reply.generatedTokens === null);
}

function missingUsage(): EndpointError {
  return new EndpointError({
    code: "MISSING_USAGE",
    message:
      "the replies do not say, or not credibly, how many tokens they cost (usage.prompt_tokens, usage.completion_tokens), so price and budget.tokens cannot be counted; leave both out of the config for this server",
  });
}

/** The longest pause of the workflow's own retries. */
const SHORTEST_DELAY_MILLISECONDS = 60_000;

/** The server ends an activity at once whose next try would begin after its 3 days: a longer pause would leave it no other try. */
const LONGEST_DELAY_MILLISECONDS = 6 * 3_600_000;

/** What the workflow's retries must know of a failed endpoint: whether and when another try is worth it. */
async function asFailure<Result>(taker: EndpointTakerConfig, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error;
    const { code, isRetryable, retryAfterMilliseconds: asked = 0 } = error;
    const isCapped = isRetryable && asked > LONGEST_DELAY_MILLISECONDS;
    const capped = isCapped
      ? `; it asks for ${inHours(asked)}, and is tried again in ${inHours(LONGEST_DELAY_MILLISECONDS)}`
      : "";
    throw ApplicationFailure.create({
      type: error.name,
      message: `test taker ${taker.name} (${taker.model} at ${taker.endpoint}): ${error.message}${capped}`,
      details: [code],
      nonRetryable: !isRetryable,
      // Below that the workflow's own pauses are longer, which grow.
      ...(asked > SHORTEST_DELAY_MILLISECONDS ? { nextRetryDelay: Math.min(asked, LONGEST_DELAY_MILLISECONDS) } : {}),
    });
  }
}

function inHours(milliseconds: number): string {
  return `${Math.round(milliseconds / 3_600_000)} hours`;
}
