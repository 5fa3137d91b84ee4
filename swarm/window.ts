import type { RandomStream } from "./random.js";

/**
 * Which questions leave a full window when new ones come in. `first-in-last-out` (Data Swarms, section 2.4): the newest.
 * `first-in-first-out`: the oldest. `random`: any, as in the authors' code.
 */
export type WindowOrder = "first-in-last-out" | "first-in-first-out" | "random";

export interface WindowSlide<Question> {
  /** Oldest first. */
  readonly window: readonly Question[];
  /** How many of them are new. */
  readonly entered: number;
  /** How many of the old ones are gone. */
  readonly left: number;
}

/**
 * Puts a round's joint questions through the window (section 2.4; docs/decisions/0009-adversarial-swarms.md). Of the joint
 * questions as many are drawn at random as the replaced share of the window, or as many as it has room for where that is more;
 * old questions leave only for new ones. Throws `RangeError` where `size` is no positive integer or `replace` not above 0 and up to 1.
 *
 * @param options.window oldest first
 * @param options.joint none of them in the window
 * @param options.replace share of `size`, at least one question
 */
export function slideWindow<Question>(options: {
  readonly window: readonly Question[];
  readonly joint: readonly Question[];
  readonly size: number;
  readonly replace: number;
  readonly order: WindowOrder;
  readonly random: RandomStream;
}): WindowSlide<Question> {
  const { window, joint, size, replace, order, random } = options;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`a window's size is an integer from 1, got ${size}`);
  if (!(replace > 0 && replace <= 1)) throw new RangeError(`the replaced share is above 0 and up to 1, got ${replace}`);
  const room = Math.max(0, size - window.length);
  const entering = random.sample(joint, Math.max(room, Math.round(size * replace), 1));
  const leaving = Math.max(0, window.length + entering.length - size);
  const stay = staying({ count: window.length, leaving, order, random });
  return { window: [...stay.map((index) => window[index]!), ...entering], entered: entering.length, left: leaving };
}

/** The indices of the questions that stay, in their order. */
function staying(options: {
  readonly count: number;
  readonly leaving: number;
  readonly order: WindowOrder;
  readonly random: RandomStream;
}): number[] {
  const { count, leaving, order, random } = options;
  const all = Array.from({ length: count }, (_, index) => index);
  switch (order) {
    case "first-in-last-out":
      return all.slice(0, count - leaving);
    case "first-in-first-out":
      return all.slice(leaving);
    case "random": {
      const gone = new Set(random.sample(all, leaving));
      return all.filter((index) => !gone.has(index));
    }
  }
}
