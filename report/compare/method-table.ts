import type { Cell } from "./cell.js";
import type { UnseenSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { NOT_MEASURED } from "./numbers.js";
import type { TableCell, TableModel } from "./table-model.js";

/** What a table with a row a method is given. */
export interface MethodTableOptions<Setting> {
  readonly id: string;
  readonly caption: string;
  /** In the order of the rows. */
  readonly methods: readonly string[];
  readonly settings: readonly Setting[];
}

/** Cells of a column by method; a method that is not in it was not measured there. */
export type MethodColumn = ReadonlyMap<string, TableCell>;

/** A column a setting, of one cell for each of its methods. */
export function settingColumns(
  settings: readonly UnseenSetting[],
  write: (cell: Cell) => TableCell,
): (readonly [title: string, column: MethodColumn])[] {
  return settings.map((setting) => [
    settingName(setting),
    new Map(setting.cells.map((cell) => [cell.method, write(cell)])),
  ]);
}

/** Methods in rows, those that are in any of the columns. */
export function methodTable(
  { id, caption, methods }: Pick<MethodTableOptions<never>, "id" | "caption" | "methods">,
  columns: readonly (readonly [title: string, column: MethodColumn])[],
  notes: readonly string[],
): TableModel {
  return {
    id,
    caption,
    columns: ["method", ...columns.map(([title]) => title)],
    rows: methods
      .filter((method) => columns.some(([, column]) => column.has(method)))
      .map((method) => ({
        header: method,
        cells: columns.map(([, column]) => column.get(method) ?? { text: NOT_MEASURED }),
      })),
    notes,
  };
}
