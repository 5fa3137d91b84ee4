import { sum } from "simple-statistics";
import type { TableModel } from "../../report/compare/table-model.js";
import * as format from "../../report/format.js";
import type { FinishedRun } from "./finished-runs.js";

/** Stages that take a share worth showing, in the order of a run. */
const STAGES = ["fine-tune", "sample", "answer"] as const;

/** Seconds of work of a table's runs, by stage; what runs shared is counted for the one that did it. */
export function whereTimeGoes(table: string, runs: readonly FinishedRun[]): TableModel {
  const usages = runs.map(({ result }) => result.usage);
  const seconds = (stage: string): number => sum(usages.map((usage) => usage.seconds[stage] ?? 0));
  const all = sum(usages.flatMap((usage) => Object.values(usage.seconds)));
  const named = STAGES.map(seconds);
  const shares = [...named, all - sum(named)].map((one) => format.percent(all === 0 ? 0 : one / all));
  const shared = sum(usages.flatMap((usage) => Object.values(usage.shared?.seconds ?? {})));
  const questions = sum(usages.map((usage) => usage.questions));
  const cells = [
    format.count(runs.length),
    format.duration(all),
    ...shares,
    format.count(questions),
    format.duration(shared),
  ];
  return {
    id: "time",
    caption: "Where the time goes",
    columns: ["table", "runs", "work", ...STAGES, "all else", "questions", "taken from other runs"],
    rows: [{ header: table, cells: cells.map((text) => ({ text })) }],
    notes: [
      "Work: seconds of the activities of all runs, several of which go on at once; on two cores about twice the time that passes.",
      "Taken from other runs: what equal work had cost that was done once and not again (decision 8).",
    ],
  };
}
