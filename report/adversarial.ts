/** What became of a swarm of test takers, in plain sentences. */
import type { AdversarialResult, TestedTaker, TrainingComparison } from "./adversarial-result.js";
import * as format from "./format.js";
import type { FreshScore } from "./result.js";

const TRAININGS: Readonly<Record<string, { readonly name: string; readonly inText: string }>> = {
  "base-model": { name: "base model", inText: "the base model as it is" },
  "dev-set": { name: "dev set", inText: "fine-tuning on the dev set" },
  "initial-generators": { name: "initial generators", inText: "fine-tuning on initial generators' data" },
  "data-swarm": { name: "optimised generators", inText: "fine-tuning on optimised generators' data" },
  "task-elicitation": { name: "task elicitation", inText: "fine-tuning on task elicitation's data" },
  "prompt-breeder": { name: "prompt breeder", inText: "fine-tuning on prompt breeder's data" },
};

const SIGNIFICANT = 0.05;

/** What the base model was fine-tuned on, as pictures and tables call it. */
export function trainingName(training: string): string {
  return TRAININGS[training]?.name ?? training;
}

/** Which taker an iteration is judged by: the one that is best on the window, of equals the first. */
export function leaderOf(window: readonly number[]): number {
  return window.indexOf(Math.max(...window));
}

/** By iteration, the performance of the taker that leads on the window: there and on held-out questions (figure 2). */
export function leaderCurve({
  iterations,
}: AdversarialResult): { iteration: number; window: number; heldOut: number }[] {
  return iterations.map(({ iteration, window, heldOut }) => {
    const leader = leaderOf(window);
    return { iteration, window: window[leader]!, heldOut: heldOut[leader]! };
  });
}

/** The comparison with the highest test performance; undefined where none has any. */
export function strongestComparison({ comparisons }: AdversarialResult): TrainingComparison | undefined {
  return comparisons.reduce<TrainingComparison | undefined>(
    (best, one) => (one.test.score !== null && one.test.score > (best?.test.score ?? -1) ? one : best),
    undefined,
  );
}

/** Of the takers as they were when the search began the one with the highest test performance. */
export function strongestInitial({ initial }: AdversarialResult): TestedTaker {
  return initial.reduce((one, other) => ((other.test.score ?? -1) > (one.test.score ?? -1) ? other : one));
}

/** What was found, what it is worth beside other ways of learning, how it started, and what the curves did. */
export function adversarialSentences(result: AdversarialResult): string[] {
  return [foundSentence(result), ...comparisonSentences(result), startSentence(result), curveSentence(result)];
}

function foundSentence({ best, takers }: AdversarialResult): string {
  const { taker, iteration, test } = best;
  const found = iteration === 0 ? `${taker} as it was before any step` : `${taker} of iteration ${iteration}`;
  return `The best of ${takers.length} test takers is ${found}: it answers ${share(test)} of ${test.questions} test questions right, which took no part in anything before.`;
}

/** Only who is above all others, each at the level, is better than all of them: so the largest p-value is the one to judge by. */
export function largestPValue({ comparisons }: AdversarialResult): number {
  return Math.max(...comparisons.map(({ pValuePaired }) => pValuePaired ?? 0));
}

function comparisonSentences(result: AdversarialResult): string[] {
  const { comparisons, relativeGain } = result;
  const strongest = strongestComparison(result);
  if (strongest === undefined || relativeGain === null) return [];
  const { training, test } = strongest;
  const pValue = largestPValue(result);
  const others =
    comparisons.length === 1 ? "The other way of learning" : `Of ${comparisons.length} other ways of learning the best`;
  const tested = `largest one-tailed ${format.probability(pValue)} of the paired tests`;
  const verdict =
    relativeGain <= 0
      ? "The swarm's taker is not above it."
      : pValue < SIGNIFICANT
        ? `The swarm's taker is ${format.percent(relativeGain)} above it, and significantly above all of them (${tested}).`
        : `The swarm's taker is ${format.percent(relativeGain)} above it, which may be chance (${tested}).`;
  return [`${others}, ${TRAININGS[training]?.inText ?? training}, gets ${share(test)} right. ${verdict}`];
}

function startSentence(result: AdversarialResult): string {
  const strongest = strongestInitial(result);
  const [before, now] = [strongest.test.score ?? 0, result.best.test.score ?? 0];
  return `The best of the takers as they were, ${strongest.taker}, gets ${share(strongest.test)} right: the search changed that by ${format.difference(now - before)}.`;
}

function curveSentence(result: AdversarialResult): string {
  const led = leaderCurve(result);
  const falls = led.filter(({ window }, index) => index > 0 && window < led[index - 1]!.window).length;
  const [from, to] = [led[0]!.heldOut, led.at(-1)!.heldOut];
  const fell = falls === 0 ? "never fell" : `fell ${falls === 1 ? "once" : `${falls} times`}`;
  return `Over the iterations the taker that leads on the window went from ${format.percent(from)} to ${format.percent(to)} on ${result.heldOutQuestions} held-out questions; on the window its performance ${fell} in ${led.length - 1} steps.`;
}

function share({ score, low, high }: FreshScore): string {
  if (score === null || low === null || high === null) return "an unknown share";
  return `${format.percent(score)} (95\u00a0% interval ${format.percent(low)} to ${format.percent(high)})`;
}
