import { difference, interval, probability, score } from "./format.js";
import type { Comparison, FreshScore, InitialResult, RunResult } from "./result.js";

/**
 * `won`: higher on fresh questions at p < 0.05. `undecided`: higher, but it may be chance, or not tested. `lost`: not higher.
 * `unmeasured`: no best generator, or nothing to compare it with.
 */
export type Verdict = "won" | "undecided" | "lost" | "unmeasured";

/** What a run found, in the terms in which it should be judged. */
export interface Headline {
  readonly verdict: Verdict;
  /** The initial generator with the highest fresh score; null where none has one. */
  readonly strongest: InitialResult | null;
  /** Fresh score of the best generator less that of the strongest initial one. */
  readonly gain: number | null;
  /** The p-value to judge by: adjusted where there is an adjusted one. */
  readonly pValue: number | null;
  /** Searched less fresh score of the best generator: how much the search flattered itself. */
  readonly flattery: number | null;
}

const SIGNIFICANT = 0.05;
const HIGHLY_SIGNIFICANT = 0.01;

export function headlineOf(result: RunResult): Headline {
  const strongest = strongestInitial(result.initial);
  const { best } = result;
  const fresh = best?.fresh.score ?? null;
  const reference = strongest?.fresh.score ?? null;
  const gain = fresh === null || reference === null ? null : fresh - reference;
  const pValue = best === null ? null : judgedBy(best);
  return {
    verdict: verdictOf(gain, pValue),
    strongest,
    gain,
    pValue,
    flattery: best === null || fresh === null ? null : best.searched - fresh,
  };
}

/** The first with the highest fresh score; null where none has one. */
export function strongestInitial(initial: readonly InitialResult[]): InitialResult | null {
  let strongest: InitialResult | null = null;
  let highest = -Infinity;
  for (const one of initial) {
    if (one.fresh.score === null || one.fresh.score <= highest) continue;
    strongest = one;
    highest = one.fresh.score;
  }
  return strongest;
}

function verdictOf(gain: number | null, pValue: number | null): Verdict {
  if (gain === null) return "unmeasured";
  if (gain <= 0) return "lost";
  return pValue !== null && pValue < SIGNIFICANT ? "won" : "undecided";
}

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  won: "The search won",
  undecided: "No win shown",
  lost: "The search did not win",
  unmeasured: "Nothing to compare",
};

/** One or two plain sentences: what was optimised, whether it won, and how sure that is. */
export function outcomeSentences(result: RunResult): string[] {
  const { best, objective } = result;
  const { strongest, gain } = headlineOf(result);
  if (best === null) return [`No generator ever had a score on ${objective}: too few of their questions were valid.`];
  if (best.fresh.score === null)
    return ["The best generator of the search has no score on fresh questions: too few of them were valid."];
  const found = `The best generator scores ${measured(best.fresh)} on ${objective}`;
  const fresh = `${best.fresh.questions} fresh questions that the search never saw`;
  if (strongest === null || gain === null)
    return [`${found}, on ${fresh}. No initial generator has a fresh score to compare it with.`];
  return [
    `${found}; the strongest initial generator (particle ${strongest.particle}) scores ${measured(strongest.fresh)}. ` +
      `Both are measured on fresh questions that the search never saw: ${best.fresh.questions} and ${strongest.fresh.questions}.`,
    significanceSentence(gain, best),
  ];
}

/** How sure a gain of the best generator over the strongest initial one is. */
export function significanceSentence(gain: number, comparison: Comparison): string {
  const pValue = judgedBy(comparison);
  if (gain <= 0)
    return `That is no gain (${difference(gain)}): nothing shows that the search improved on where it started.`;
  if (pValue === null) return `The difference of ${difference(gain)} was not tested, so it may be chance.`;
  const tested = `one-tailed ${probability(pValue)}${comparison.pValueAdjusted === null ? "" : ", adjusted for the choice of the best test taker"}`;
  if (pValue < HIGHLY_SIGNIFICANT)
    return `The difference of ${difference(gain)} is statistically significant (${tested}).`;
  if (pValue < SIGNIFICANT)
    return `The difference of ${difference(gain)} is statistically significant at the 5 % level but not at the 1 % level (${tested}).`;
  return `The difference of ${difference(gain)} is not statistically significant (${tested}): it may be chance.`;
}

/** How far the searched score is from the fresh one; undefined where there is none. */
export function flatterySentence(result: RunResult): string | undefined {
  const { best } = result;
  const { flattery } = headlineOf(result);
  if (best === null || flattery === null) return undefined;
  const both = `During the search it scored ${score(best.searched)}; on fresh questions ${score(best.fresh.score)}`;
  if (flattery <= 0) return `${both}, ${score(-flattery)} more: here the searched score did not flatter itself.`;
  return `${both}, ${score(flattery)} less. The searched score flatters itself: it is the highest of many noisy measurements. Judge by the fresh one.`;
}

/** Where and when the best generator was found. */
export function foundSentence(result: RunResult): string | undefined {
  const { best } = result;
  if (best === null) return undefined;
  const where = `particle ${best.particle}, iteration ${best.iteration} of ${result.iterations.at(-1)?.iteration ?? 0}`;
  return best.iteration === 0
    ? `The best generator is an initial one (${where}): no step of the search found a better one.`
    : `The best generator is ${where}.`;
}

const STOPS: Readonly<Record<RunResult["stoppedBecause"], string>> = {
  patience: "The search ended because it had not improved for a while (patience).",
  "max-iterations": "The search ended at its maximum number of iterations.",
  hopeless: "The search ended early because its best stayed below the median of the runs before it.",
  "stop-requested": "The search ended because someone asked it to stop.",
  budget: "The search ended because its budget was spent.",
};

export function stopSentence(result: RunResult): string {
  return STOPS[result.stoppedBecause];
}

/** The p-value to judge by: the adjusted one where there is one. */
export function judgedBy({ pValue, pValueAdjusted }: Comparison): number | null {
  return pValueAdjusted ?? pValue;
}

/** A fresh score with its interval. */
export function measured(fresh: FreshScore): string {
  return `${score(fresh.score)} (95\u00a0% interval ${interval(fresh.low, fresh.high)})`;
}
