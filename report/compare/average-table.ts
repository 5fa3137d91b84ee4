import { summarise } from "../../swarm/statistics/summary.js";
import type { UnseenSetting } from "./comparison.js";
import { groupBy } from "./group-by.js";
import { settingName } from "./group-settings.js";
import { decimals, NOT_MEASURED } from "./numbers.js";
import { rankMeans } from "./rank.js";
import type { TableCell, TableModel } from "./table-model.js";

/** Means over domains, an objective a column; no row where no objective was measured in two or more. */
export function averageTable(options: {
  readonly id: string;
  readonly caption: string;
  readonly methods: readonly string[];
  readonly settings: readonly UnseenSetting[];
}): TableModel {
  const { id, caption, methods, settings } = options;
  const objectives = [...groupBy(settings, settingName)].filter(([, inEach]) => inEach.length > 1);
  const columns = objectives.map(([, inEach]) => averageColumn(methods, inEach));
  return {
    id,
    caption,
    columns: ["method", ...objectives.map(([name, inEach]) => `${name}, ${inEach.length} domains`)],
    rows: methods
      .filter((method) => columns.some((column) => column.has(method)))
      .map((method) => ({
        header: method,
        cells: columns.map((column) => column.get(method) ?? { text: NOT_MEASURED }),
      })),
    notes: ["Means of the domains' means, for methods that have a score in each of them."],
  };
}

function averageColumn(methods: readonly string[], settings: readonly UnseenSetting[]): Map<string, TableCell> {
  const averages = methods.flatMap((method) => {
    const means = settings.map(({ cells }) => cells.find((cell) => cell.method === method)?.mean ?? null);
    const scored = means.filter((mean) => mean !== null);
    return scored.length < settings.length ? [] : [{ method, cell: { mean: summarise(scored).mean } }];
  });
  const { best, second } = rankMeans(averages);
  return new Map(
    averages.map((one) => {
      const rank =
        averages.length < 2 ? undefined : best.includes(one) ? "best" : second.includes(one) ? "second" : undefined;
      return [one.method, { text: decimals(one.cell.mean), ...(rank === undefined ? {} : { rank }) }];
    }),
  );
}
