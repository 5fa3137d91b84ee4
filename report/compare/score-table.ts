import type { Cell } from "./cell.js";
import type { UnseenSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { methodTable, type MethodTableOptions } from "./method-table.js";
import { decimals, NO_SCORE, scoredRepeats } from "./numbers.js";
import { rankMeans } from "./rank.js";
import { starsRestOnFixedRepeats } from "./significance.js";
import type { TableCell, TableModel } from "./table-model.js";

const FIXED_REPEATS = "\u2020";

/** Methods in rows, settings in columns: mean and standard deviation of the fresh scores (the paper's tables 1 to 3). */
export function scoreTable(options: MethodTableOptions<UnseenSetting>): TableModel {
  const { settings } = options;
  const common = commonRepeats(settings.flatMap(({ cells }) => cells));
  const columns = settings.map((setting) => [settingName(setting), scoreColumn(setting, common)] as const);
  return methodTable(options, columns, notes(settings, common));
}

function scoreColumn({ cells, test }: UnseenSetting, common: number): Map<string, TableCell> {
  const ranking = rankMeans(cells.map((cell) => ({ cell })));
  const [best, second] = [ranking.best, ranking.second].map((ranked) => new Set(ranked.map(({ cell }) => cell)));
  return new Map(
    cells.map((cell) => {
      const { method, mean } = cell;
      if (mean === null) return [method, { text: NO_SCORE, detail: `(${repeatsDetail(cell, common)})` }];
      const rank = cells.length < 2 ? undefined : best?.has(cell) ? "best" : second?.has(cell) ? "second" : undefined;
      const isTested = test?.best === method;
      return [
        method,
        {
          text: decimals(mean),
          detail: `(${[deviation(cell), repeatsDetail(cell, common)].filter((part) => part !== "").join("; ")})`,
          ...(rank === undefined ? {} : { rank }),
          ...(isTested ? { stars: test.stars } : {}),
          ...(isTested && starsRestOnFixedRepeats(test) ? { mark: FIXED_REPEATS } : {}),
        },
      ];
    }),
  );
}

function deviation({ standardDeviation }: Cell): string {
  return standardDeviation === null ? "" : decimals(standardDeviation);
}

/** Number of repeats, where it is not that of most cells or says why there is no deviation. */
function repeatsDetail({ repeats }: Cell, common: number): string {
  const scored = repeats.filter(({ score }) => score !== null).length;
  const unlikeAll = scoredRepeats({ repeats: scored, of: repeats.length });
  return unlikeAll ?? (scored === 1 || scored !== common ? countRepeats(scored) : "");
}

function commonRepeats(cells: readonly Cell[]): number {
  const counts = new Map<number, number>();
  for (const { repeats } of cells) counts.set(repeats.length, (counts.get(repeats.length) ?? 0) + 1);
  return [...counts].sort(([one, often], [other, rarely]) => rarely - often || other - one)[0]?.[0] ?? 0;
}

function countRepeats(count: number): string {
  return count === 1 ? "1 repeat" : `${count} repeats`;
}

function notes(settings: readonly UnseenSetting[], common: number): string[] {
  const cells = settings.flatMap(({ cells: inSetting }) => inSetting);
  const tests = settings.flatMap(({ test }) => (test === null ? [] : [test]));
  const starred = new Set(tests.filter(({ stars }) => stars > 0).map(({ starsBy }) => starsBy));
  const each = cells.every(({ repeats }) => repeats.length === common) ? "" : " where a cell does not say otherwise";
  return [
    common === 1
      ? `One repeat${each}: a cell of one repeat has no standard deviation.`
      : `Mean (standard deviation) over ${countRepeats(common)}${each}, each on fresh questions.`,
    ...(tests.length === 0 ? [] : ["Best in bold, second best underlined."]),
    ...(starred.size === 0 ? [] : ["* p < 0.1, ** p < 0.05, *** p < 0.01, one-tailed: best above second best."]),
    ...(starred.has("overQuestions") ? ["Stars of difficult are of a z-test on all graded answers."] : []),
    ...(starred.has("overRepeats") ? ["Stars of other objectives are of Welch's t-test over repeats."] : []),
    ...(tests.some(starsRestOnFixedRepeats)
      ? [`${FIXED_REPEATS} The z-test takes repeats as they are; a t-test over repeats has p of 0.1 or more.`]
      : []),
  ];
}
