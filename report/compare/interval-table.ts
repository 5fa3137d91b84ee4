import type { UnseenSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { decimals, NO_SCORE, NOT_MEASURED } from "./numbers.js";
import type { TableModel } from "./table-model.js";

/** The bootstrap interval of every mean, with the number of repeats that have a score. */
export function intervalTable(options: {
  readonly id: string;
  readonly caption: string;
  readonly methods: readonly string[];
  readonly settings: readonly UnseenSetting[];
}): TableModel {
  const { id, caption, methods, settings } = options;
  const columns = settings.map(({ cells }) => new Map(cells.map((cell) => [cell.method, cell])));
  return {
    id,
    caption,
    columns: ["method", ...settings.map(settingName)],
    rows: methods
      .filter((method) => columns.some((cells) => cells.has(method)))
      .map((method) => ({
        header: method,
        cells: columns.map((cells) => {
          const cell = cells.get(method);
          if (cell === undefined) return { text: NOT_MEASURED };
          const scored = cell.repeats.filter(({ score }) => score !== null).length;
          const detail = `(${scored})`;
          if (cell.interval === null) return { text: NO_SCORE, detail };
          return { text: `${decimals(cell.interval.low)} to ${decimals(cell.interval.high)}`, detail };
        }),
      })),
    notes: [
      "95 % intervals of the mean by bootstrap over repeats and questions, (number of repeats that have a score).",
    ],
  };
}
