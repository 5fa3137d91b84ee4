import type { SwarmPlan } from "../activities/open-run.js";
import type { MovingTakers, RunStatus } from "./messages.js";
import type { Progress } from "./progress.js";
import type { RunControl } from "./run-control.js";
import type { SearchState } from "./search-state.js";
import { NO_USAGE } from "./usage.js";

/** A snapshot of a search for people who watch. */
export function runStatus(options: {
  readonly progress: Progress;
  readonly control: RunControl;
  /** Undefined until the run is opened, as the search until there are initial generators. */
  readonly plan: SwarmPlan | undefined;
  readonly search: SearchState | undefined;
  readonly stagnation: number;
  readonly takers: MovingTakers | undefined;
  readonly startedAt: number;
  readonly iterationStartedAt: number;
}): RunStatus {
  const { progress, control, plan, search, stagnation, takers, startedAt, iterationStartedAt } = options;
  const done = search?.swarm.iteration ?? 0;
  const first = search?.startedFrom ?? 0;
  return {
    phase: progress.phase,
    iteration: progress.phase === "search" ? done + 1 : done,
    maxIterations: plan?.swarm.maxIterations ?? 0,
    stagnation,
    patience: plan?.swarm.patience ?? 0,
    stages: progress.stages(),
    waitingFor: control.waitingFor,
    stopRequested: control.stopRequested,
    objective: plan?.objective ?? "",
    iterations: search?.iterations ?? [],
    bestParticle: search?.swarm.globalBest?.particle ?? null,
    startedAt,
    iterationStartedAt,
    meanIterationMilliseconds:
      search === undefined || done === first ? null : search.iterationMilliseconds / (done - first),
    usage: search?.usage ?? NO_USAGE,
    ...(takers === undefined ? {} : { takers }),
  };
}
