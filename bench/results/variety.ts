import { mean } from "simple-statistics";
import { NOT_MEASURED } from "../../report/compare/numbers.js";
import type { TableCell, TableModel } from "../../report/compare/table-model.js";
import * as format from "../../report/format.js";
import type { FinishedRun } from "./finished-runs.js";

/**
 * What share of what a method's writer writes is valid and new, by domain, and how many questions its scores rest on: a writer that
 * repeats itself is of little use.
 */
export function varietyTable(runs: readonly FinishedRun[]): TableModel {
  const domains = [...new Set(runs.map(({ config }) => config["domain"] as string))];
  const methods = [...new Set(runs.map(({ method }) => method))];
  const text = (values: readonly number[], write: (values: readonly number[]) => string): TableCell => ({
    text: values.length === 0 ? NOT_MEASURED : write(values),
  });
  const meanShare = (shares: readonly number[]): string => format.percent(mean([...shares]));
  const fewest = (counts: readonly number[]): string => String(Math.min(...counts));
  return {
    id: "variety",
    caption: "Valid and new questions",
    columns: ["method", ...domains.flatMap((domain) => ["valid", "new", "fewest"].map((what) => `${domain}, ${what}`))],
    rows: methods.map((method) => ({
      header: method,
      cells: domains.flatMap((domain) => {
        const best = runs.flatMap(({ method: one, config, result }) =>
          one === method && config["domain"] === domain && result.best !== null ? [result.best] : [],
        );
        const scored = best.filter(({ fresh }) => fresh.score !== null);
        return [
          text(
            best.map(({ validRate }) => validRate),
            meanShare,
          ),
          text(
            best.map(({ novelRate }) => novelRate),
            meanShare,
          ),
          text(
            scored.map(({ fresh }) => fresh.questions),
            fewest,
          ),
        ];
      }),
    })),
    notes: [
      "Means of the finished runs. Valid: of all that the best generator wrote. New: of the valid ones, neither written before nor a copy of a seed question or of one that it was shown. Fewest: fresh questions that a score rests on, in the run that has fewest of them.",
    ],
  };
}
