import type { HyperparameterSearchPlan } from "../activities/stage-hyperparameter-search.js";
import type { SearchedRun } from "../report/hyperparameter-search.js";
import type { RunResult } from "../report/result.js";
import { firstBest } from "../swarm/ranking.js";
import type { RunStatus } from "./messages.js";
import type { Progress } from "./progress.js";
import type { RunControl } from "./run-control.js";
import { usageOfRuns } from "./search-usage.js";

/** A run of a hyperparameter search that is done. */
export interface FinishedRun {
  readonly summary: SearchedRun;
  readonly result: RunResult;
}

/** The one that a search goes by: highest in searched score, of equals the first. */
export function winnerOf(runs: readonly FinishedRun[]): FinishedRun | undefined {
  return firstBest(runs, ({ summary }) => summary.searched);
}

/** A snapshot of a hyperparameter search for people who watch: it counts runs where a swarm counts iterations. */
export function searchStatus(options: {
  readonly progress: Progress;
  readonly control: RunControl;
  /** Undefined until runs are laid out. */
  readonly plan: HyperparameterSearchPlan | undefined;
  readonly finished: readonly FinishedRun[];
  readonly startedAt: number;
  /** When the latest run was done. */
  readonly latestAt: number;
}): RunStatus {
  const { progress, control, plan, finished, startedAt, latestAt } = options;
  const winner = winnerOf(finished);
  return {
    phase: progress.phase,
    iteration: finished.length,
    maxIterations: plan?.runs.length ?? 0,
    stagnation: 0,
    patience: 0,
    stages: progress.stages(),
    waitingFor: control.told().paused ? "resume (the run is paused)" : null,
    stopRequested: control.stopRequested,
    objective: plan?.objective ?? "",
    iterations: winner?.result.iterations ?? [],
    bestParticle: winner?.result.best?.particle ?? null,
    startedAt,
    iterationStartedAt: latestAt,
    meanIterationMilliseconds: finished.length === 0 ? null : (latestAt - startedAt) / finished.length,
    usage: usageOfRuns(finished.map(({ result }) => result.usage)),
    runs: finished.map(({ summary }) => summary),
  };
}
