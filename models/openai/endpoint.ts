import { setTimeout as sleep } from "node:timers/promises";
import { type RandomKey, RandomStream } from "../../swarm/random.js";
import { AdaptiveLimit } from "./adaptive-limit.js";
import { ChatModel, type ChatModelOptions, type ChatRequest } from "./chat-model.js";
import type { ChatReply } from "./chat-reply.js";
import { EndpointError, type EndpointErrorCode, type Paid } from "./endpoint-error.js";

export interface EndpointOptions extends ChatModelOptions {
  /** Calls at once, at most. */
  readonly concurrency: number;
  readonly backoff?: Backoff;
}

export interface Backoff {
  /** The first pause between tries; each is twice the one before, up to the longest. */
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
}

const BACKOFF: Backoff = { firstMilliseconds: 1000, longestMilliseconds: 30_000 };

/** A server that wants a longer pause is left to the caller, who can give its place to other work meanwhile. */
const LONGEST_PAUSE_MILLISECONDS = 60_000;

/** Tries by what goes wrong; what is not here is tried once. A limited rate heals by waiting, an empty reply rarely does. */
const TRIES: Partial<Readonly<Record<EndpointErrorCode, number>>> = {
  RATE_LIMITED: 12,
  UNAVAILABLE: 6,
  TIMEOUT: 3,
  INVALID_REPLY: 3,
  BROKEN_OFF: 3,
  EMPTY_REPLY: 3,
  WITHHELD_REPLY: 2,
};

export interface Signals {
  /** Breaks off the call under way. */
  readonly cancel: AbortSignal;
  /** Ends waiting for a place or for another try; a call under way goes on, since it has to be paid for. */
  readonly leave: AbortSignal;
}

/** A reply with all that it cost, replies of no use before it included. */
export interface PaidReply extends Paid {
  readonly text: string;
  readonly finish: ChatReply["finish"];
}

/** An OpenAI-compatible endpoint: bounded in calls at once, patient with what passes. One for each in a process. */
export class Endpoint {
  readonly #model: ChatModel;
  readonly #limit: AdaptiveLimit;
  readonly #backoff: Backoff;

  constructor({ concurrency, backoff = BACKOFF, ...options }: EndpointOptions) {
    this.#model = new ChatModel(options);
    this.#limit = new AdaptiveLimit(concurrency);
    this.#backoff = backoff;
  }

  /** Calls that it takes at once now. */
  get places(): number {
    return this.#limit.places;
  }

  /**
   * Asks until there is a reply.
   *
   * @param random key of the pauses' random part, which keeps calls that failed together from coming back together
   * @throws EndpointError, the last one, when no more tries are worth it; the reason of a signal that was aborted
   */
  async ask(request: ChatRequest, random: RandomKey, signals: Signals): Promise<PaidReply> {
    const failures = new Map<EndpointErrorCode, number>();
    const pauses = new RandomStream(random);
    let paid: Paid = { calls: 0, promptTokens: 0, generatedTokens: 0 };
    for (let tries = 1; ; tries++) {
      try {
        const { text, finish, ...tokens } = await this.#try(request, signals);
        return { text, finish, ...addPaid(paid, { calls: 1, ...tokens }) };
      } catch (error) {
        if (!(error instanceof EndpointError)) throw error;
        const failed = (failures.get(error.code) ?? 0) + 1;
        failures.set(error.code, failed);
        const asked = error.retryAfterMilliseconds ?? 0;
        if (failed >= (TRIES[error.code] ?? 1) || asked > LONGEST_PAUSE_MILLISECONDS) throw error;
        if (error.paid !== undefined) paid = addPaid(paid, error.paid);
        await this.#pause(Math.max(asked, this.#backoffOf(tries, pauses)), signals.leave);
      }
    }
  }

  #try(request: ChatRequest, { cancel, leave }: Signals): Promise<ChatReply> {
    return this.#limit.run(async () => {
      const { period } = this.#limit;
      try {
        return await this.#model.complete(request, cancel);
      } catch (error) {
        if (error instanceof EndpointError) this.#slowDown(error, period);
        throw error;
      }
    }, leave);
  }

  #slowDown({ code, retryAfterMilliseconds: pause = 0 }: EndpointError, period: number): void {
    if (code === "RATE_LIMITED") this.#limit.tooMany(period);
    if (pause > 0 && pause <= LONGEST_PAUSE_MILLISECONDS) this.#limit.pause(pause);
  }

  /** Half of it is random. */
  #backoffOf(tries: number, random: RandomStream): number {
    const { firstMilliseconds, longestMilliseconds } = this.#backoff;
    return Math.min(longestMilliseconds, firstMilliseconds * 2 ** (tries - 1)) * (0.5 + random.uniform() / 2);
  }

  async #pause(milliseconds: number, leave: AbortSignal): Promise<void> {
    await sleep(milliseconds, undefined, { signal: leave }).catch((error: unknown) => {
      leave.throwIfAborted();
      throw error;
    });
  }
}

function addPaid(one: Paid, other: Paid): Paid {
  return {
    calls: one.calls + other.calls,
    promptTokens: addTokens(one.promptTokens, other.promptTokens),
    generatedTokens: addTokens(one.generatedTokens, other.generatedTokens),
  };
}

function addTokens(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
