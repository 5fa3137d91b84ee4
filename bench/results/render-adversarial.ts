/** What two swarms against each other came to: the paper's figure 3 as a table of every run, and its figure 2 as a picture of the first repeat of each. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mean } from "simple-statistics";
import {
  leaderCurve,
  largestPValue,
  strongestComparison,
  strongestInitial,
  trainingName,
} from "../../report/adversarial.js";
import type { AdversarialResult } from "../../report/adversarial-result.js";
import { windowAndHeldOutChart } from "../../report/charts/window-and-held-out.js";
import { renderMarkdown } from "../../report/compare/markdown.js";
import type { DocumentSection, TableCell } from "../../report/compare/table-model.js";
import * as format from "../../report/format.js";
import { WIDTHS } from "../../report/theme.js";
import type { FinishedRun } from "./finished-runs.js";
import { standaloneSvg } from "./standalone-svg.js";
import { type AdversarialTable, TABLES } from "./tables.js";

const NONE = "–";

interface Finished {
  readonly domain: string;
  readonly method: string;
  readonly seed: number;
  readonly result: AdversarialResult;
}

/** Writes the pictures into a folder. @returns the page that shows them, as Markdown */
export async function renderAdversarial(
  name: AdversarialTable,
  runs: readonly FinishedRun[],
  folder: string,
): Promise<string> {
  const finished = adversarialRuns(runs);
  const pictures = await Promise.all(
    firstRepeats(finished).map(async ({ domain, method, result }) => {
      const file = `${name}-${domain}-${method}.svg`;
      await writeFile(join(folder, file), await standaloneSvg(windowAndHeldOutChart(result, WIDTHS.wide)));
      return `![${domain}, ${method}: window and held-out questions by iteration](${file})`;
    }),
  );
  const text = renderMarkdown(TABLES[name].title, [comparisons(finished), curves(finished)], { plain: false });
  return `${text}\n${[PICTURES, ...pictures].join("\n\n")}\n`;
}

const PICTURES = `Pictures, of the first repeat: the leading taker on the window (dashed) and on held-out questions (solid). Thin: every taker on held-out questions.
The diamond marks the best taker.`;

export function adversarialRuns(finished: readonly FinishedRun[]): Finished[] {
  return finished.flatMap(({ config, method, result: { adversarial } }) => {
    const { domain, seed } = config as { readonly domain: string; readonly seed: number };
    return adversarial === undefined ? [] : [{ domain, method, seed, result: adversarial }];
  });
}

function firstRepeats(finished: readonly Finished[]): Finished[] {
  const isRepeat = (one: Finished, other: Finished): boolean =>
    one.domain === other.domain && one.method === other.method;
  return finished.filter((run, index) => finished.findIndex((one) => isRepeat(one, run)) === index);
}

function comparisons(finished: readonly Finished[]): DocumentSection {
  const trainings = [...new Set(finished.flatMap(({ result }) => result.comparisons.map(({ training }) => training)))];
  return {
    id: "test",
    title: "On test questions",
    paragraphs: [
      "The best taker of the swarm, chosen on the window, beside the base model fine-tuned in six ways on as many questions as the generators wrote; all on the same test questions, which took no part in anything before.",
    ],
    tables: [
      {
        id: "test-questions",
        caption: "Share of test questions right",
        columns: ["run", "best taker", "best of the start", ...trainings.map(trainingName), "gain", "p"],
        rows: finished.map(({ domain, method, seed, result }) => ({
          header: `${domain}, ${method}, seed ${seed}`,
          cells: rowOf(result, trainings),
        })),
        notes: [
          "Best of the start: of the takers as they were before any step, the one that is best on these questions. `one-start`: the trainings start from the one of them that was best on the first window, instead of the base model.",
          "Gain: the best taker's over that of the best of the six, less 1.",
          "p: the largest of the one-tailed p-values of the paired tests, question by question.",
        ],
      },
    ],
    items: [],
  };
}

/** The paper's figure 2 in numbers. */
function curves(finished: readonly Finished[]): DocumentSection {
  return {
    id: "curves",
    title: "Window and held-out questions",
    paragraphs: [
      "From iteration 0, the takers as they were, to the last. The window's questions change; held-out questions stay the same, and neither swarm sees them.",
    ],
    tables: [
      {
        id: "by-iteration",
        caption: "Share right by iteration",
        columns: ["run", "leader, window", "leader, held-out", "all takers, held-out"],
        rows: finished.map(({ domain, method, seed, result }) => {
          const leaders = leaderCurve(result);
          return {
            header: `${domain}, ${method}, seed ${seed}`,
            cells: [
              inTurn(leaders.map(({ window }) => window)),
              inTurn(leaders.map(({ heldOut }) => heldOut)),
              inTurn(result.iterations.map(({ heldOut }) => mean([...heldOut]))),
            ],
          };
        }),
        notes: ["Leader: the taker that is best on the window in that iteration.", "All takers: their mean."],
      },
    ],
    items: [],
  };
}

function inTurn(shares: readonly number[]): TableCell {
  return { text: shares.map(format.percent).join(", ") };
}

function rowOf(result: AdversarialResult, trainings: readonly string[]): TableCell[] {
  const { best, comparisons, relativeGain } = result;
  const strongest = strongestComparison(result);
  const wins = (relativeGain ?? 0) > 0;
  return [
    { text: percent(best.test.score), ...(wins ? { rank: "best" } : {}) },
    { text: percent(strongestInitial(result).test.score) },
    ...trainings.map((name): TableCell => {
      const one = comparisons.find(({ training }) => training === name);
      const leads = one !== undefined && one === strongest;
      return { text: percent(one?.test.score ?? null), ...(leads ? { rank: wins ? "second" : "best" } : {}) };
    }),
    { text: percent(relativeGain) },
    { text: strongest === undefined ? NONE : format.probability(largestPValue(result)) },
  ];
}

function percent(share: number | null): string {
  return share === null ? NONE : format.percent(share);
}
