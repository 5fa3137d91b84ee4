/** What a baseline gave, in plain sentences: the same in the report and in the terminal. */
import { SEARCHES } from "../../config/baseline-schema.js";
import * as format from "../format.js";
import { headlineOf, measured } from "../headline.js";
import type { RunResult } from "../result.js";

/** Whether the method chose what it ended with by what takers answered. */
export function isSearch({ method }: Pick<RunResult, "method">): boolean {
  return SEARCHES.some((one) => one === method);
}

/** The score, what it was measured on, and what the search saw. */
export function baselineSentences(result: RunResult, method: string): string[] {
  const { best, objective } = result;
  if (best === null) return [`${method} has no score on ${objective}: too few of its questions were valid.`];
  if (best.fresh.score === null)
    return [`${method} has no score on fresh questions: too few of what it wrote were valid.`, ...flattery(result)];
  const found = `${method} scores ${measured(best.fresh)} on ${objective}, on ${format.count(best.fresh.questions)} questions`;
  if (!isSearch(result)) return [`${found}. It chooses nothing by grades, so that this is its only measurement.`];
  return [`${found} that its search never saw.`, ...flattery(result)];
}

/** How far the searched score is from the fresh one. */
function flattery(result: RunResult): string[] {
  const { best } = result;
  const { flattery: gap } = headlineOf(result);
  if (best === null || gap === null) return [];
  const both = `During the search it scored ${format.score(best.searched)}; on fresh questions ${format.score(best.fresh.score)}`;
  return gap <= 0
    ? [`${both}, ${format.score(-gap)} more: here the searched score did not flatter itself.`]
    : [
        `${both}, ${format.score(gap)} less. The searched score flatters itself: it is of questions that were chosen by these very grades. Judge by the fresh one.`,
      ];
}

const STOPS: Readonly<Record<RunResult["stoppedBecause"], string>> = {
  patience: "It ended because nothing had improved for a while.",
  "max-iterations": "It ended when all its rounds were done.",
  hopeless: "It ended early because it stayed below others.",
  "stop-requested": "It ended because someone asked it to stop.",
  budget: "It ended because its budget was spent.",
};

/** Which round gave the result, and why there was no other one after the last. */
export function roundSentences(result: RunResult): string[] {
  const { best, iterations } = result;
  const last = iterations.at(-1)?.iteration ?? 0;
  const without = iterations.filter(({ scores: [score = null] }) => score === null).length;
  return [
    ...(best === null ? [] : [`What it ended with comes from round ${best.iteration} of ${last}.`]),
    STOPS[result.stoppedBecause],
    ...(without === 0 ? [] : [`${without} of ${iterations.length} rounds wrote too few valid questions to be scored.`]),
  ];
}
