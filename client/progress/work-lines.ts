import type { WorkUnderWay } from "../work-under-way.js";
import { count, duration } from "./format.js";

/** How far a piece of work is, in words: `fine-tuning, step 12 of 40, loss 2.310, about 3:20 left`. */
export function describeWork({ progress }: WorkUnderWay): string {
  const { doing, unit, done, of, loss, tokens, secondsLeft } = progress;
  const counted = unit === undefined || done === undefined || of === undefined ? [] : [`${unit} ${done} of ${of}`];
  return [
    doing,
    ...counted,
    ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
    ...(tokens === undefined ? [] : [`${count(tokens)} tokens written`]),
    ...(secondsLeft === undefined ? [] : [`about ${duration(secondsLeft * 1000)} left`]),
  ].join(", ");
}

/** What is said first, and how often again, of a piece of work in a log. */
const FIRST_MILLISECONDS = 10_000;
const AGAIN_MILLISECONDS = 30_000;

/** Says in plain lines how far work is that takes long, now and then, and only where it is news. */
export class WorkLines {
  readonly #said = new Map<string, { readonly line: string; readonly at: number }>();

  /** @param now milliseconds since the epoch */
  next(work: readonly WorkUnderWay[], now: number): string[] {
    const underWay = new Set(work.map(({ id }) => id));
    for (const id of this.#said.keys()) if (!underWay.has(id)) this.#said.delete(id);
    return work.flatMap((one) => {
      const line = describeWork(one);
      const said = this.#said.get(one.id);
      const isDue =
        said === undefined ? now - one.startedAt >= FIRST_MILLISECONDS : now - said.at >= AGAIN_MILLISECONDS;
      if (!isDue || line === said?.line) return [];
      this.#said.set(one.id, { line, at: now });
      return [`  ${line}`];
    });
  }
}
