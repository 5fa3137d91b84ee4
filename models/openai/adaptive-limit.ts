import PQueue from "p-queue";

/**
 * How many calls an endpoint takes at once: halves when it says that it gets too many, and grows by one after as many
 * successes as it has places (additive increase, multiplicative decrease, as TCP does). One for each endpoint in a process.
 */
export class AdaptiveLimit {
  readonly #queue: PQueue;
  readonly #maximum: number;
  /** Counts halvings: calls that began before one say nothing about the limit after it. */
  #period = 0;
  #successes = 0;
  #pausedUntil = 0;

  constructor(maximum: number) {
    this.#maximum = maximum;
    this.#queue = new PQueue({ concurrency: maximum });
  }

  get places(): number {
    return this.#queue.concurrency;
  }

  /**
   * Does work when there is a place for it.
   *
   * @param leave ends the waiting; work that has begun goes on
   */
  async run<Result>(work: () => Promise<Result>, leave: AbortSignal): Promise<Result> {
    leave.throwIfAborted();
    const waiting = new AbortController();
    const stopWaiting = (): void => waiting.abort(leave.reason);
    leave.addEventListener("abort", stopWaiting, { once: true });
    try {
      return await this.#queue.add(
        async () => {
          leave.removeEventListener("abort", stopWaiting);
          const period = this.#period;
          const result = await work();
          if (period === this.#period) this.#succeeded();
          return result;
        },
        { signal: waiting.signal },
      );
    } finally {
      leave.removeEventListener("abort", stopWaiting);
    }
  }

  /** The period of calls that begin now, for {@link tooMany}. */
  get period(): number {
    return this.#period;
  }

  /** The endpoint refused a call that began in `period` because it gets too many. All that were under way then count once. */
  tooMany(period: number): void {
    if (period !== this.#period) return;
    this.#period++;
    this.#successes = 0;
    this.#queue.concurrency = Math.max(1, Math.floor(this.#queue.concurrency / 2));
  }

  /** Begins no calls for a while; the longest of several pauses counts. */
  pause(milliseconds: number): void {
    const until = Date.now() + milliseconds;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#queue.pause();
    setTimeout(() => {
      if (this.#pausedUntil === until) this.#queue.start();
    }, milliseconds).unref();
  }

  #succeeded(): void {
    this.#successes++;
    if (this.#successes < this.places || this.places >= this.#maximum) return;
    this.#successes = 0;
    this.#queue.concurrency++;
  }
}
