/** Variants of the swarm side by side: what each option is worth. */
import { mean } from "simple-statistics";
import { decimals, NO_SCORE, NOT_MEASURED, scoredRepeats } from "../../report/compare/numbers.js";
import { rankMeans } from "../../report/compare/rank.js";
import type { TableCell, TableModel } from "../../report/compare/table-model.js";
import type { FinishedRun } from "./finished-runs.js";

/** Fresh scores by variant and setting, over the repeats that all variants have in that setting: some are of another table, which has more. */
export function variantsTable(runs: readonly FinishedRun[]): TableModel {
  const variants = [...new Set(runs.map(({ method }) => method))];
  const settings = [...new Set(runs.map(settingOf))];
  const columns = settings.map((setting) => {
    const inSetting = runs.filter((run) => settingOf(run) === setting);
    const common = commonSeeds(inSetting, variants);
    const scores = variants.map((variant) =>
      inSetting
        .filter(({ method, config }) => method === variant && common.has(config["seed"]))
        .map(({ result }) => result.best?.fresh.score ?? null),
    );
    return columnOf(scores);
  });
  return {
    id: "variants",
    caption: "Fresh scores of the variants",
    columns: ["variant", ...settings],
    rows: variants.map((header, index) => ({ header, cells: columns.map((column) => column[index]!) })),
    notes: [
      "Means of the repeats that all variants have. Each variant is told in bench/results/variants.ts, with the decision that says why; data-swarm is the paper's. data-swarm-tested may spend up to two and a half times the questions of the others.",
    ],
  };
}

function settingOf({ config }: FinishedRun): string {
  return `${config["domain"] as string}, ${config["objective"] as string}`;
}

/** Seeds of which every variant has a run. */
function commonSeeds(runs: readonly FinishedRun[], variants: readonly string[]): Set<unknown> {
  const seeds = new Set(runs.map(({ config }) => config["seed"]));
  const has = (variant: string, seed: unknown): boolean =>
    runs.some(({ method, config }) => method === variant && config["seed"] === seed);
  return new Set([...seeds].filter((seed) => variants.every((variant) => has(variant, seed))));
}

/** @param scores of each variant, a null where a repeat has none */
function columnOf(scores: readonly (readonly (number | null)[])[]): TableCell[] {
  const cells = scores.map((repeats) => {
    const scored = repeats.filter((score) => score !== null);
    return { of: repeats.length, repeats: scored.length, mean: scored.length === 0 ? null : mean(scored) };
  });
  const best = new Set(rankMeans(cells.map((cell) => ({ cell }))).best.map(({ cell }) => cell));
  return cells.map((cell): TableCell => {
    if (cell.mean === null) return { text: cell.of === 0 ? NOT_MEASURED : NO_SCORE };
    const unlikeAll = scoredRepeats(cell);
    return {
      text: decimals(cell.mean),
      ...(unlikeAll === undefined ? {} : { detail: `(${unlikeAll})` }),
      ...(best.has(cell) ? { rank: "best" } : {}),
    };
  });
}
