import type { StagePlan } from "../activities/run/stage-plan.js";
import type { SwarmParameters } from "../swarm/parameters.js";
import type { RunStatus } from "./messages.js";
import type { Progress } from "./progress.js";
import type { RunControl } from "./run-control.js";
import type { DurableState } from "./search-state.js";
import { NO_USAGE } from "./usage.js";

/** How far a search is. */
export interface Reached {
  /** The last one that is done. */
  readonly iteration: number;
  /** Iterations without any new best. */
  readonly stagnation: number;
}

/** Where a search ends by itself. */
export type Limits = Pick<SwarmParameters, "patience" | "maxIterations">;

/** A snapshot of a search for people who watch. */
export function runStatus(options: {
  readonly progress: Progress;
  readonly control: RunControl;
  /** Undefined until the run is opened, as what comes of the search until there is something to go on from. */
  readonly plan: StagePlan | undefined;
  readonly limits: Limits | undefined;
  readonly search: DurableState | undefined;
  readonly reached: Reached | undefined;
  readonly startedAt: number;
  readonly iterationStartedAt: number;
}): RunStatus {
  const { progress, control, plan, limits, search, reached, startedAt, iterationStartedAt } = options;
  const done = reached?.iteration ?? 0;
  const first = search?.startedFrom ?? 0;
  return {
    phase: progress.phase,
    iteration: progress.phase === "search" ? done + 1 : done,
    maxIterations: limits?.maxIterations ?? 0,
    stagnation: reached?.stagnation ?? 0,
    patience: limits?.patience ?? 0,
    stages: progress.stages(),
    waitingFor: control.waitingFor,
    stopRequested: control.stopRequested,
    objective: plan?.objective ?? "",
    iterations: search?.iterations ?? [],
    bestParticle: null,
    startedAt,
    iterationStartedAt,
    meanIterationMilliseconds:
      search === undefined || done === first ? null : search.iterationMilliseconds / (done - first),
    usage: search?.usage ?? NO_USAGE,
  };
}
