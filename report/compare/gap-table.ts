import type { Cell } from "./cell.js";
import type { ComparedSetting } from "./comparison.js";
import { methodTable, type MethodTableOptions, settingColumns } from "./method-table.js";
import { decimals, NOT_MEASURED, signed } from "./numbers.js";
import type { TableCell, TableModel } from "./table-model.js";

/** How much each search flatters itself: searched less fresh score. */
export function gapTable(options: MethodTableOptions<ComparedSetting>): TableModel {
  return methodTable(options, settingColumns(options.settings, gapCell), [
    "Mean over repeats: searched less fresh score, and both. Above 0 the score that the search saw flatters it, being the highest of many noisy ones.",
  ]);
}

function gapCell({ flattery }: Cell): TableCell {
  if (flattery === null) return { text: NOT_MEASURED };
  return { text: signed(flattery.gap), detail: `(${decimals(flattery.searched)} → ${decimals(flattery.fresh)})` };
}
