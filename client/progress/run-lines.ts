/** The runs of a hyperparameter search, for whoever watches. */
import type picocolors from "picocolors";
import type { SearchedRun } from "../../report/hyperparameter-search.js";
import { firstBest } from "../../swarm/ranking.js";
import { score } from "./format.js";

type Colors = ReturnType<typeof picocolors.createColors>;

/** Rows of the table that is redrawn; earlier runs are in the report. */
const MOST_ROWS = 20;

/** A run that is done as a line for logs. */
export function describeRun({ runId, searched, fresh, iterations, stoppedBecause }: SearchedRun): string {
  const scores = `searched ${score(searched)}, fresh ${score(fresh?.score)}`;
  return `run ${runId}: ${scores} after ${iterations} iteration${iterations === 1 ? "" : "s"} (${stoppedBecause})`;
}

/** The latest runs that are done, in their order, the best so far marked. No line is wider than `width`. */
export function runLines(runs: readonly SearchedRun[], width: number, colors: Colors): string[] {
  if (runs.length === 0) return [];
  const best = firstBest(runs, ({ searched }) => searched);
  const room = Math.max(...runs.map(({ runId }) => runId.length));
  const line = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(room + 2)} ${cells.map((cell) => cell.padStart(8)).join("")}`.slice(0, width);
  const rows = runs.slice(-MOST_ROWS).map((run) => {
    const isBest = run === best;
    const { inertia, cognitive, social, repel, stepLength } = run.coefficients;
    const coefficients = [inertia, cognitive, social, repel, stepLength].map(String);
    const row = line(`${run.runId}${isBest ? " ★" : ""}`, [
      score(run.searched),
      score(run.fresh?.score),
      ...coefficients,
    ]);
    return isBest ? colors.bold(row) : row;
  });
  return ["", colors.dim(line("run", ["searched", "fresh", "φ_v", "φ_p", "φ_g", "φ_w", "λ"])), ...rows];
}
