import { summarise } from "../../swarm/statistics/summary.js";
import type { UnseenSetting } from "./comparison.js";
import { groupBy } from "./group-by.js";
import { settingName } from "./group-settings.js";
import { methodTable, type MethodTableOptions } from "./method-table.js";
import { decimals } from "./numbers.js";
import { rankMeans } from "./rank.js";
import type { TableCell, TableModel } from "./table-model.js";

/** Means over domains, an objective a column; no row where no objective was measured in two or more. */
export function averageTable(options: MethodTableOptions<UnseenSetting>): TableModel {
  const { methods, settings } = options;
  const objectives = [...groupBy(settings, settingName)].filter(([, inEach]) => inEach.length > 1);
  return methodTable(
    options,
    objectives.map(([name, inEach]) => [`${name}, ${inEach.length} domains`, averageColumn(methods, inEach)]),
    ["Means of the domains' means, for methods that have a score in each of them."],
  );
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
