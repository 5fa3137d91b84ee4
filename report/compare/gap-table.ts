import type { ComparedSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { decimals, NOT_MEASURED, signed } from "./numbers.js";
import type { TableModel } from "./table-model.js";

/** How much each search flatters itself: searched less fresh score. */
export function gapTable(options: {
  readonly id: string;
  readonly caption: string;
  readonly methods: readonly string[];
  readonly settings: readonly ComparedSetting[];
}): TableModel {
  const { id, caption, methods, settings } = options;
  const columns = settings.map(({ cells }) => new Map(cells.map((cell) => [cell.method, cell.flattery])));
  return {
    id,
    caption,
    columns: ["method", ...settings.map(settingName)],
    rows: methods
      .filter((method) => columns.some((gaps) => gaps.has(method)))
      .map((method) => ({
        header: method,
        cells: columns.map((gaps) => {
          const flattery = gaps.get(method) ?? null;
          if (flattery === null) return { text: NOT_MEASURED };
          return {
            text: signed(flattery.gap),
            detail: `(${decimals(flattery.searched)} → ${decimals(flattery.fresh)})`,
          };
        }),
      })),
    notes: [
      "Mean over repeats: searched less fresh score, and both. Above 0 the score that the search saw flatters it, being the highest of many noisy ones.",
    ],
  };
}
