import type { Cell } from "./cell.js";
import type { UnseenSetting } from "./comparison.js";
import { methodTable, type MethodTableOptions, settingColumns } from "./method-table.js";
import { decimals, NO_SCORE } from "./numbers.js";
import type { TableCell, TableModel } from "./table-model.js";

/** The bootstrap interval of every mean, with the number of repeats that have a score. */
export function intervalTable(options: MethodTableOptions<UnseenSetting>): TableModel {
  return methodTable(options, settingColumns(options.settings, intervalCell), [
    "95 % intervals of the mean by bootstrap over repeats and questions, (number of repeats that have a score).",
  ]);
}

function intervalCell({ repeats, interval }: Cell): TableCell {
  const scored = repeats.filter(({ score }) => score !== null).length;
  const detail = `(${scored})`;
  if (interval === null) return { text: NO_SCORE, detail };
  return { text: `${decimals(interval.low)} to ${decimals(interval.high)}`, detail };
}
