import { mean } from "simple-statistics";
import { NOT_MEASURED } from "../../report/compare/numbers.js";
import type { TableModel } from "../../report/compare/table-model.js";
import * as format from "../../report/format.js";
import type { FinishedRun } from "./finished-runs.js";

/** What share of what a method's writer writes is valid and new, by domain: a writer that repeats itself is of little use. */
export function varietyTable(runs: readonly FinishedRun[]): TableModel {
  const domains = [...new Set(runs.map(({ config }) => config["domain"] as string))];
  const methods = [...new Set(runs.map(({ method }) => method))];
  const cell = (method: string, domain: string, rate: "validRate" | "novelRate"): string => {
    const rates = runs.flatMap(({ method: one, config, result: { best } }) =>
      one === method && config["domain"] === domain && best !== null ? [best[rate]] : [],
    );
    return rates.length === 0 ? NOT_MEASURED : format.percent(mean(rates));
  };
  return {
    id: "variety",
    caption: "Valid and new questions",
    columns: ["method", ...domains.flatMap((domain) => [`${domain}, valid`, `${domain}, new`])],
    rows: methods.map((method) => ({
      header: method,
      cells: domains.flatMap((domain) => [
        { text: cell(method, domain, "validRate") },
        { text: cell(method, domain, "novelRate") },
      ]),
    })),
    notes: [
      "Means of the finished runs. Valid: of all that the best generator wrote. New: of the valid ones, neither written before nor a copy of a seed question or of one that it was shown.",
    ],
  };
}
