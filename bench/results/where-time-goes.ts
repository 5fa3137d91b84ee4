import type { TableModel } from "../../report/compare/table-model.js";
import * as format from "../../report/format.js";
import type { FinishedRun } from "./finished-runs.js";

/** Stages that take a share worth showing, in the order of a run. */
const STAGES = ["fine-tune", "sample", "answer"] as const;

/** Seconds of work of the runs of each table, by stage; what runs shared is counted for the one that did it. */
export function whereTimeGoes(tables: readonly (readonly [title: string, runs: readonly FinishedRun[]])[]): TableModel {
  return {
    id: "time",
    caption: "Where the time goes",
    columns: ["table", "runs", "work", ...STAGES, "all else", "questions", "taken from other runs"],
    rows: tables.map(([title, runs]) => {
      const seconds = (stage: string): number =>
        runs.reduce((sum, { result }) => sum + (result.usage.seconds[stage] ?? 0), 0);
      const stages = new Set(runs.flatMap(({ result }) => Object.keys(result.usage.seconds)));
      const all = [...stages].reduce((sum, stage) => sum + seconds(stage), 0);
      const named = STAGES.map(seconds);
      const rest = all - named.reduce((sum, one) => sum + one, 0);
      const shared = runs
        .flatMap(({ result }) => Object.values(result.usage.shared?.seconds ?? {}))
        .reduce((sum, one) => sum + one, 0);
      const questions = runs.reduce((sum, { result }) => sum + result.usage.questions, 0);
      return {
        header: title,
        cells: [
          { text: format.count(runs.length) },
          { text: format.duration(all) },
          ...[...named, rest].map((one) => ({ text: format.percent(all === 0 ? 0 : one / all) })),
          { text: format.count(questions) },
          { text: format.duration(shared) },
        ],
      };
    }),
    notes: [
      "Work: seconds of the activities of all runs, several of which go on at once; on two cores about twice the time that passes.",
      "Taken from other runs: what equal work had cost that was done once and not again (decision 8).",
    ],
  };
}
