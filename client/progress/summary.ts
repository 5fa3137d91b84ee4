import Table from "cli-table3";
import picocolors from "picocolors";
import { judgedBy, strongestInitial } from "../../report/headline.js";
import type { HyperparameterSearch } from "../../report/hyperparameter-search.js";
import type { Comparison, FreshScore, InitialResult, RunResult } from "../../report/result.js";
import { describeCoefficients } from "../../report/searched-runs.js";
import { renderBaselineSummary } from "./baseline-summary.js";
import { costLines } from "./cost-lines.js";
import { describeRun } from "./run-lines.js";
import { summaryOfTakers } from "./taker-lines.js";
import { change, percent, pValue, score } from "./format.js";

export interface SummaryOptions {
  readonly color: boolean;
  /** Wall time of the whole run, where known. */
  readonly elapsedMilliseconds?: number | undefined;
  readonly reportAddress: string;
}

const REASONS: Record<RunResult["stoppedBecause"], string> = {
  patience: "no better generator was found for a while (patience)",
  "max-iterations": "all iterations are done",
  hopeless: "its best stayed below the median of the runs before it",
  "stop-requested": "it was asked to stop",
  budget: "its budget is spent",
};

/** The end of a run as people like to read it: what was found, how sure that is, where it is. */
export function renderSummary(result: RunResult, options: SummaryOptions): string {
  if (result.method !== undefined) return renderBaselineSummary(result, result.method, options);
  const { color, elapsedMilliseconds, reportAddress } = options;
  const colors = picocolors.createColors(color);
  const { runId, objective, best, stoppedBecause, iterations } = result;
  const last = iterations.at(-1)?.iteration ?? 0;
  const lines = [
    `${colors.bold(runId)} is done after ${last} iteration${last === 1 ? "" : "s"}: ${REASONS[stoppedBecause]}.`,
    "",
    `${objective}, on fresh questions that the search never saw (95 % intervals):`,
    scoreTable(result, { color, best: best === null ? "" : `best (${best.particle}, iteration ${best.iteration})` }),
    ...(best === null ? ["No generator ever had a score."] : verdict(result, colors)),
    ...unseenLines(result, color),
    ...(result.adversarial === undefined ? [] : ["", ...summaryOfTakers(result.adversarial, color)]),
    ...(result.search === undefined ? [] : ["", ...searchLines(result.search)]),
    "",
    ...costLines(result, elapsedMilliseconds),
    "",
    `report    ${reportAddress}`,
    ...(best === null
      ? []
      : [
          `adapter   swarm best ${runId} --out ${runId}-adapter`,
          ...(result.adversarial === undefined ? [] : [`taker     swarm best ${runId} --taker --out ${runId}-taker`]),
          `questions swarm sample ${runId} -n 100 --seed 7 --out questions.jsonl`,
        ]),
  ];
  return lines.join("\n");
}

type ScoredBest = { readonly fresh: FreshScore } & Comparison;

interface Scored {
  readonly initial: readonly InitialResult[];
  readonly best: ScoredBest | null;
}

function scoreTable({ initial, best }: Scored, names: { readonly color: boolean; readonly best: string }): string {
  const table = new Table({
    head: ["generator", "score", "low", "high", "questions"],
    colAligns: ["left", "right", "right", "right", "right"],
    style: names.color ? { head: ["bold"], border: ["gray"], compact: true } : { head: [], border: [], compact: true },
  });
  const row = (name: string, { score: value, low, high, questions }: FreshScore): string[] => [
    name,
    score(value),
    score(low),
    score(high),
    String(questions),
  ];
  for (const { particle, fresh } of initial) table.push(row(`initial ${particle}`, fresh));
  if (best !== null) table.push(row(names.best, best.fresh));
  return table.toString();
}

type Colors = ReturnType<typeof picocolors.createColors>;

function verdict({ initial, best }: RunResult, colors: Colors): string[] {
  if (best === null) return [];
  return [
    `best: ${comparison(best, initial, colors)}`,
    `of what the best generator writes ${percent(Math.round(best.validRate * 1000) / 1000)} is valid, ${percent(Math.round(best.novelRate * 1000) / 1000)} novel`,
  ];
}

/** Which run won, and how the others did on the same footing. */
function searchLines({ runs, drawn, winner }: HyperparameterSearch): string[] {
  const won = runs
    .filter(({ runId }) => runId === winner)
    .map(({ coefficients }) => describeCoefficients(coefficients));
  const of = runs.length === drawn ? `${drawn} runs` : `${runs.length} runs (${drawn} were drawn)`;
  return [
    `best of ${of} by searched score, so the fresh score above is unbiased: ${winner} (${won.join()})`,
    ...runs.map((run) => `  ${describeRun(run)}`),
  ];
}

/** The figure of the takers that the search never saw, apart from that of its own. */
function unseenLines({ unseen, objective }: RunResult, color: boolean): string[] {
  if (unseen === null) return [];
  const { takers, initial, best } = unseen;
  const colors = picocolors.createColors(color);
  return [
    "",
    `${objective} on the same questions over unseen test takers alone (${takers.join(", ")}; no part in the search):`,
    scoreTable(unseen, { color, best: "best" }),
    ...(best === null ? [] : [`best on unseen test takers: ${comparison(best, initial, colors)}`]),
  ];
}

function comparison(best: ScoredBest, initial: readonly InitialResult[], colors: Colors): string {
  const strongest = strongestInitial(initial)?.fresh.score ?? null;
  const p = judgedBy(best);
  const compared =
    strongest === null || best.fresh.score === null
      ? "not comparable: a generator had too few valid questions"
      : `${change(best.fresh.score - strongest)} against the strongest initial generator`;
  const sure = p === null ? "" : `, one-tailed p = ${pValue(p)}`.replace("= <", "<");
  const isBetter =
    strongest !== null && best.fresh.score !== null && best.fresh.score > strongest && p !== null && p < 0.05;
  return `${isBetter ? colors.green(compared) : colors.yellow(compared)}${sure}`;
}
