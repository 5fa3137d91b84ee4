import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from "@temporalio/workflow";
import type { SwarmPlan } from "../activities/open-run.js";
import type { RunRef } from "../activities/run-inputs.js";
import type { IterationResult, RunResult } from "../report/result.js";
import type { SwarmState } from "../swarm/state.js";
import { stopReason } from "../swarm/stopping.js";
import { cpu } from "./activity-options.js";
import { isSpent } from "./budget.js";
import type { StageContext } from "./evaluate.js";
import { finish } from "./finish.js";
import { iterate } from "./iterate.js";
import { pauseSignal, resumeSignal, type RunStatus, statusQuery, stopSignal } from "./messages.js";
import { Progress } from "./progress.js";
import type { SearchState } from "./search-state.js";
import { startSearch } from "./start-search.js";
import { NO_USAGE } from "./usage.js";

export interface DataSwarmInput {
  readonly run: RunRef;
  readonly startedAt?: number;
  /** A checkpoint of another run that this one goes on from; its adapters are staged. */
  readonly from?: { readonly swarm: SwarmState; readonly iterations: readonly IterationResult[] };
  /** Set where an earlier execution went on as this one. */
  readonly search?: SearchState;
  readonly paused?: boolean;
  readonly stopRequested?: boolean;
}

/**
 * Data Swarms, Algorithm 1, as one durable workflow: initial generators, search, a fresh measurement of what was found, report.
 * It goes on as a new execution at iteration boundaries, so that no history grows without bound.
 */
export async function dataSwarm(input: DataSwarmInput): Promise<RunResult> {
  const { run } = input;
  const progress = new Progress();
  const startedAt = input.startedAt ?? Date.now();
  let search: SearchState | undefined = input.search;
  let plan: SwarmPlan | undefined = search?.plan;
  let paused = input.paused ?? false;
  let stopRequested = input.stopRequested ?? false;
  let holding = false;
  let iterationStartedAt = startedAt;

  setHandler(pauseSignal, () => {
    paused = true;
  });
  setHandler(resumeSignal, () => {
    paused = false;
  });
  setHandler(stopSignal, () => {
    stopRequested = true;
    paused = false;
  });
  setHandler(statusQuery, status);

  plan ??= await openRun();
  const stage: StageContext<SwarmPlan> = { run, plan, progress, hold };
  search ??= input.from === undefined ? await startSearch(stage) : goOnFrom(plan, input.from);

  let iterationsHere = 0;
  for (;;) {
    const reason = stopReason({
      state: search.swarm,
      parameters: plan.swarm,
      stopRequested,
      budgetSpent: isSpent(plan, search.usage),
    });
    if (reason !== null) return finish(stage, search, reason);

    if (iterationsHere >= plan.iterationsPerExecution || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof dataSwarm>({ run, startedAt, search, paused, stopRequested });
    }
    iterationStartedAt = Date.now();
    search = await iterate(stage, search);
    search = { ...search, iterationMilliseconds: search.iterationMilliseconds + Date.now() - iterationStartedAt };
    iterationsHere++;
  }

  async function openRun(): Promise<SwarmPlan> {
    progress.expect("open", 1);
    return progress.track("open", cpu.openRun({ run }));
  }

  async function hold(): Promise<void> {
    if (!paused) return;
    holding = true;
    await condition(() => !paused);
    holding = false;
  }

  function status(): RunStatus {
    const done = search?.swarm.iteration ?? 0;
    const first = search?.startedFrom ?? 0;
    return {
      phase: progress.phase,
      iteration: progress.phase === "search" ? done + 1 : done,
      maxIterations: plan?.swarm.maxIterations ?? 0,
      stagnation: search?.swarm.stagnation ?? 0,
      patience: plan?.swarm.patience ?? 0,
      stages: progress.stages(),
      waitingFor: holding ? "resume (the run is paused)" : paused ? "the stage under way, then it pauses" : null,
      stopRequested,
      objective: plan?.objective ?? "",
      iterations: search?.iterations ?? [],
      bestParticle: search?.swarm.globalBest?.particle ?? null,
      startedAt,
      iterationStartedAt,
      meanIterationMilliseconds:
        search === undefined || done === first ? null : search.iterationMilliseconds / (done - first),
      usage: search?.usage ?? NO_USAGE,
    };
  }
}

/** A search that goes on from a checkpoint of another run; what that one used is not this one's. */
function goOnFrom(plan: SwarmPlan, from: NonNullable<DataSwarmInput["from"]>): SearchState {
  return { plan, ...from, usage: NO_USAGE, startedFrom: from.swarm.iteration, iterationMilliseconds: 0 };
}
