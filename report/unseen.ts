import { measured, significanceSentence, strongestInitial } from "./headline.js";
import type { RunResult } from "./result.js";

/** What the search found as test takers see it that took no part in it, in plain sentences; none where there are no such takers. */
export function unseenSentences({ unseen, objective }: RunResult): string[] {
  if (unseen === null) return [];
  const { takers, initial, best } = unseen;
  const who = `Unseen test takers (${takers.join(", ")}) took no part in the search`;
  if (best === null || best.fresh.score === null)
    return [`${who}. There is no best generator with a fresh score to measure on them.`];
  const found = `${who}. The best generator scores ${measured(best.fresh)} on ${objective} over them alone`;
  const strongest = strongestInitial(initial);
  const reference = strongest?.fresh.score ?? null;
  if (strongest === null || reference === null) return [`${found}, on the same fresh questions.`];
  return [
    `${found}, on the same fresh questions; the initial generator that is strongest on them (particle ${strongest.particle}) ` +
      `scores ${measured(strongest.fresh)}.`,
    significanceSentence(best.fresh.score - reference, best),
  ];
}
