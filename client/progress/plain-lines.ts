import type { RunStatus } from "../../workflows/messages.js";
import { duration, score } from "./format.js";
import { describePhase, stopLine } from "./render-status.js";
import { describeRun } from "./run-lines.js";
import { describeTakers } from "./taker-lines.js";
import { initialBest } from "./trajectory.js";

/** What is new since the last look, as lines for logs: phases, iterations, stages that are done, what the run waits for. */
export function plainLines(previous: RunStatus | undefined, status: RunStatus): string[] {
  const at = duration(Math.max(0, status.iterationStartedAt - status.startedAt));
  const iterations = status.runs === undefined ? newIterations(previous, status) : newRuns(previous, status.runs);
  const phase = describePhase(status);
  const isNewPhase = previous === undefined || describePhase(previous) !== phase;
  return [
    ...iterations,
    ...newTakerIterations(previous, status),
    ...(isNewPhase ? [`${phase}${status.phase === "search" ? ` (at ${at})` : ""}`] : []),
    ...finishedStages(isNewPhase ? undefined : previous, status),
    ...(status.waitingFor !== null && status.waitingFor !== previous?.waitingFor
      ? [`waiting for: ${status.waitingFor}`]
      : []),
    ...(status.stopRequested && previous?.stopRequested !== true ? [stopLine(status)] : []),
  ];
}

function newIterations(previous: RunStatus | undefined, status: RunStatus): string[] {
  return status.iterations.slice(previous?.iterations.length ?? 0).map((one) => iterationLine(status, one));
}

function newTakerIterations(previous: RunStatus | undefined, { takers }: RunStatus): string[] {
  return (takers?.iterations ?? []).slice(previous?.takers?.iterations.length ?? 0).map(describeTakers);
}

/** Of a hyperparameter search, whose iterations are those of the best run so far. */
function newRuns(previous: RunStatus | undefined, runs: NonNullable<RunStatus["runs"]>): string[] {
  return runs.slice(previous?.runs?.length ?? 0).map(describeRun);
}

function iterationLine(status: RunStatus, { iteration, scores, best }: RunStatus["iterations"][number]): string {
  const all = scores.map(score).join(" ");
  if (status.method !== undefined)
    return `round ${iteration} of ${status.maxIterations}: ${all}; best so far ${score(best)}`;
  if (iteration === 0) return `initial generators: ${all}`;
  return `iteration ${iteration} of ${status.maxIterations}: ${all}; best so far ${score(best)} (initial ${score(initialBest(status))})`;
}

function finishedStages(previous: RunStatus | undefined, { stages }: RunStatus): string[] {
  const before = new Map(previous?.stages.map(({ stage, done, of }) => [stage, done >= of]));
  return stages
    .filter(({ stage, done, of }) => of > 0 && done >= of && before.get(stage) !== true)
    .map(({ stage, of }) => `  ${stage}: ${of} of ${of}`);
}
