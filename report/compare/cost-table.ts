import { summarise } from "../../swarm/statistics/summary.js";
import * as format from "../format.js";
import type { ComparedSetting } from "./comparison.js";
import type { MethodCost } from "./cost.js";
import { settingName } from "./group-settings.js";
import type { MethodTableOptions } from "./method-table.js";
import { NOT_MEASURED } from "./numbers.js";
import type { Spent } from "./spent.js";
import type { TableCell, TableModel } from "./table-model.js";

/** What a run of each method took, and what it took for each point gained. */
export function costTable({ id, caption, methods, settings }: MethodTableOptions<ComparedSetting>): TableModel {
  const columns = settings.map(({ cost }) => new Map(cost.methods.map((one) => [one.method, one])));
  const paid = columns.some((costs) => [...costs.values()].some(({ perRun }) => perRun.usd > 0));
  const references = [...new Set(settings.flatMap(({ cost }) => cost.reference ?? []))];
  return {
    id,
    caption,
    columns: [
      "method",
      "questions",
      "tokens",
      "time",
      ...(paid ? ["cost"] : []),
      ...settings.map((setting) => `per point: ${settingName(setting)}`),
    ],
    rows: methods.flatMap((method) => {
      const costs = columns.map((one) => one.get(method));
      const present = costs.filter((one) => one !== undefined);
      return present.length === 0
        ? []
        : [{ header: method, cells: [...runCells(present, paid), ...costs.map(pointCell)] }];
    }),
    notes: [
      "A run's mean, all of it: fine-tuning, search and measuring, and what it had from other runs. Time is summed over activities; those that ran side by side count each.",
      ...(references.length === 0
        ? []
        : [
            `Per point: questions and time of a run for each 0.01 of fresh score above ${references.join(", ")}${references.length > 1 ? " (by setting)" : ""}.`,
          ]),
    ],
  };
}

function runCells(costs: readonly MethodCost[], paid: boolean): TableCell[] {
  const mean = (of: (spent: Spent) => number): number => summarise(costs.map(({ perRun }) => of(perRun))).mean;
  return [
    { text: format.count(mean(({ questions }) => questions)) },
    { text: format.count(mean(({ tokens }) => tokens)) },
    { text: format.duration(mean(({ seconds }) => seconds)) },
    ...(paid ? [{ text: format.dollars(mean(({ usd }) => usd)) }] : []),
  ];
}

function pointCell(cost: MethodCost | undefined): TableCell {
  if (cost === undefined) return { text: NOT_MEASURED };
  if (cost.perPoint === null) return { text: cost.points === null ? NOT_MEASURED : "no gain" };
  return { text: format.count(cost.perPoint.questions), detail: `(${format.duration(cost.perPoint.seconds)})` };
}
