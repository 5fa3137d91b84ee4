import type { ComparedSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { NOT_MEASURED } from "./numbers.js";
import type { TableModel } from "./table-model.js";

/** What every method's fresh questions are like in the mean: their size or their length. */
export function questionTable(options: {
  readonly id: string;
  readonly caption: string;
  readonly methods: readonly string[];
  readonly settings: readonly ComparedSetting[];
  readonly measure: "size" | "length";
}): TableModel {
  const { id, caption, methods, settings, measure } = options;
  const columns = settings.map(({ questions }) => new Map(questions.map((one) => [one.method, one[measure]])));
  return {
    id,
    caption,
    columns: ["method", ...settings.map(settingName)],
    rows: methods
      .filter((method) => columns.some((means) => (means.get(method) ?? null) !== null))
      .map((method) => ({
        header: method,
        cells: columns.map((means) => {
          const summary = means.get(method) ?? null;
          if (summary === null) return { text: NOT_MEASURED };
          const { mean, standardDeviation } = summary;
          return {
            text: mean.toFixed(1),
            ...(standardDeviation === null ? {} : { detail: `(${standardDeviation.toFixed(1)})` }),
          };
        }),
      })),
    notes: [
      "Mean over questions, then mean (standard deviation) over repeats that have a score.",
      ...(measure === "size" ? ["Size is what the domain's grader measures, such as a graph's number of nodes."] : []),
    ],
  };
}
