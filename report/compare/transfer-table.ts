import { sum } from "simple-statistics";
import { summarise } from "../../swarm/statistics/summary.js";
import { groupBy } from "./group-by.js";
import { decimals, NOT_MEASURED, scoredRepeats } from "./numbers.js";
import { rankMeans } from "./rank.js";
import type { TableCell, TableModel } from "./table-model.js";
import type { Transfer, TransferCell, TransferRow } from "./transfer.js";

const OWN = "\u2021";

/** What was optimised in rows, what it is scored on in columns. */
export function transferTable(options: {
  readonly id: string;
  readonly caption: string;
  readonly transfer: Transfer;
}): TableModel {
  const { id, caption, transfer } = options;
  const { objectives, rows } = transfer;
  return table({
    id,
    caption,
    objectives,
    rows: rows.map((row) => ({ header: rowName(row, rows), cells: row.cells })),
  });
}

/** Means over domains of what is measured in each of them; one table for each way of measuring that two or more domains share. */
export function averageTransferTables(transfer: readonly Transfer[], caption: string): TableModel[] {
  const alike = groupBy(transfer, ({ variant }) => variant);
  return [...alike.values()].flatMap((domains, index) => {
    if (domains.length < 2) return [];
    const objectives = domains[0]!.objectives.filter((name) => domains.every((one) => one.objectives.includes(name)));
    const named = domains.map(({ rows }) => new Map(rows.map((row) => [rowName(row, rows), row])));
    const rows = [...named[0]!.keys()]
      .filter((header) => named.every((rows) => rows.has(header)))
      .map((header) => ({
        header,
        cells: objectives.flatMap(
          (name) =>
            averageCell(
              named.map((rows) => rows.get(header)!),
              name,
            ) ?? [],
        ),
      }));
    return [
      table({
        id: `transfer-average-${index + 1}`,
        caption: `${caption} over ${domains.length} domains`,
        objectives,
        rows,
      }),
    ];
  });
}

function averageCell(rows: readonly TransferRow[], objective: string): TransferCell | undefined {
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell.objective === objective));
  if (cells.length < rows.length) return undefined;
  const { mean } = summarise(cells.map((cell) => cell.mean));
  const total = (count: "repeats" | "of"): number => sum(cells.map((cell) => cell[count]));
  return {
    objective,
    own: cells.every(({ own }) => own),
    mean,
    standardDeviation: null,
    repeats: total("repeats"),
    of: total("of"),
  };
}

function table(options: {
  readonly id: string;
  readonly caption: string;
  readonly objectives: readonly string[];
  readonly rows: readonly { readonly header: string; readonly cells: readonly TransferCell[] }[];
}): TableModel {
  const { id, caption, objectives, rows } = options;
  const best = new Set(
    objectives.flatMap((name) => {
      const column = rows.flatMap(({ cells }) => cells.filter(({ objective }) => objective === name));
      return column.length < 2 ? [] : rankMeans(column.map((cell) => ({ cell }))).best.map(({ cell }) => cell);
    }),
  );
  return {
    id,
    caption,
    columns: ["optimised for", ...objectives],
    rows: rows.map(({ header, cells }) => ({
      header,
      cells: objectives.map((name) => {
        const cell = cells.find(({ objective }) => objective === name);
        return cell === undefined ? { text: NOT_MEASURED } : written(cell, best.has(cell));
      }),
    })),
    notes: [
      "Fresh scores of the same questions on every objective that they can be scored on: mean (standard deviation) over repeats.",
      `${OWN} what the row was optimised for; best of a column in bold.`,
      ...(objectives.includes("novel")
        ? [
            "Where a run's test takers did not answer the seed data, novel counts from what they answered in another run of its seed.",
          ]
        : []),
    ],
  };
}

function written({ mean, standardDeviation, own, repeats, of }: TransferCell, isBest: boolean): TableCell {
  const deviation = standardDeviation === null ? undefined : decimals(standardDeviation);
  const detail = [deviation, scoredRepeats({ repeats, of })].filter((part) => part !== undefined);
  return {
    text: decimals(mean),
    ...(isBest ? { rank: "best" as const } : {}),
    ...(detail.length === 0 ? {} : { detail: `(${detail.join("; ")})` }),
    ...(own ? { mark: OWN } : {}),
  };
}

/** The objective alone, and the method where there are several. */
function rowName({ method, optimisedFor }: TransferRow, rows: readonly TransferRow[]): string {
  if (optimisedFor === null) return method;
  const methods = new Set(rows.filter((row) => row.optimisedFor !== null).map((row) => row.method));
  return methods.size > 1 ? `${optimisedFor}: ${method}` : optimisedFor;
}
