import Table from "cli-table3";
import picocolors from "picocolors";
import { baselineSentences, isSearch } from "../../report/baseline/sentences.js";
import type { FreshScore, RunResult } from "../../report/result.js";
import { costLines } from "./cost-lines.js";
import { percent, score } from "./format.js";
import type { SummaryOptions } from "./summary.js";

const REASONS: Record<RunResult["stoppedBecause"], string> = {
  patience: "nothing had improved for a while",
  "max-iterations": "all its rounds are done",
  hopeless: "it stayed below others",
  "stop-requested": "it was asked to stop",
  budget: "its budget is spent",
};

/** The end of a baseline's run as people like to read it: the score, how sure it is, where the rest is. */
export function renderBaselineSummary(
  result: RunResult,
  method: string,
  { color, elapsedMilliseconds, reportAddress }: SummaryOptions,
): string {
  const colors = picocolors.createColors(color);
  const { runId, best, objective, unseen, iterations, stoppedBecause } = result;
  const last = iterations.at(-1)?.iteration ?? 0;
  const why = isSearch(result) ? ` after ${last} round${last === 1 ? "" : "s"}: ${REASONS[stoppedBecause]}` : "";
  const rows: [string, FreshScore][] = [
    ...(best === null ? [] : [[objective, best.fresh] satisfies [string, FreshScore]]),
    ...(unseen === null || unseen.best === null
      ? []
      : [[`over unseen test takers (${unseen.takers.join(", ")})`, unseen.best.fresh] satisfies [string, FreshScore]]),
  ];
  return [
    `${colors.bold(runId)}, the baseline ${method}, is done${why}.`,
    "",
    ...baselineSentences(result, method),
    ...(rows.length === 0 ? [] : [scoreTable(rows, color)]),
    ...(best === null ? [] : [rates(best)]),
    "",
    ...costLines(result, elapsedMilliseconds),
    "",
    `report    ${reportAddress}`,
    ...(method === "model-soup" && best !== null ? [`adapter   swarm best ${runId} --out ${runId}-adapter`] : []),
    ...(best === null ? [] : [`questions swarm sample ${runId} -n 100 --seed 7 --out questions.jsonl`]),
  ].join("\n");
}

function scoreTable(rows: readonly (readonly [string, FreshScore])[], color: boolean): string {
  const table = new Table({
    head: ["", "score", "low", "high", "questions"],
    colAligns: ["left", "right", "right", "right", "right"],
    style: color ? { head: ["bold"], border: ["gray"], compact: true } : { head: [], border: [], compact: true },
  });
  for (const [name, { score: value, low, high, questions }] of rows)
    table.push([name, score(value), score(low), score(high), String(questions)]);
  return table.toString();
}

function rates({ validRate, novelRate }: NonNullable<RunResult["best"]>): string {
  const share = (value: number): string => percent(Math.round(value * 1000) / 1000);
  return `of its questions ${share(validRate)} are valid, ${share(novelRate)} of those novel`;
}
