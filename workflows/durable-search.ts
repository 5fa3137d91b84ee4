import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { RunRef } from "../activities/run/run-inputs.js";
import type { StagePlan } from "../activities/run/stage-plan.js";
import type { RunResult } from "../report/result.js";
import { isHopeless } from "../swarm/median-stopping.js";
import { type StopReason, stopReason } from "../swarm/stopping.js";
import { isSpent } from "./budget.js";
import type { StageContext } from "./evaluate.js";
import { type RunStatus, statusQuery } from "./messages.js";
import { Progress } from "./progress.js";
import { RunControl, type Told } from "./run-control.js";
import { type Limits, type Reached, runStatus } from "./run-status.js";
import type { SearchBounds } from "./search-bounds.js";
import type { DurableState } from "./search-state.js";
import { addUsage, NO_USAGE } from "./usage.js";

export interface SearchInput<Search> extends Told {
  readonly run: RunRef;
  readonly startedAt?: number;
  /** Set where a hyperparameter search runs it. */
  readonly bounds?: SearchBounds | undefined;
  /** Set where an earlier execution went on as this one. */
  readonly search?: Search;
}

/** What all plans of searches say. */
export interface DurablePlan extends StagePlan {
  /** Iterations after which a search goes on as a new execution. */
  readonly iterationsPerExecution: number;
}

/** What a kind of search does where all are alike. */
export interface SearchSteps<Plan extends DurablePlan, Search extends DurableState> {
  readonly open: (run: RunRef) => Promise<Plan>;
  readonly limits: (plan: Plan) => Limits;
  /** Iteration 0. */
  readonly start: (stage: StageContext<Plan>) => Search | Promise<Search>;
  readonly iterate: (stage: StageContext<Plan>, search: Search) => Promise<Search>;
  readonly reached: (search: Search) => Reached;
  /** What the status says besides. */
  readonly describe: (plan: Plan | undefined, search: Search | undefined) => Partial<RunStatus>;
  /** Measures, and writes result and report. */
  readonly finish: (
    stage: StageContext<Plan>,
    search: Search,
    reason: StopReason,
    control: RunControl,
  ) => Promise<RunResult>;
}

/**
 * A search as one durable workflow that answers queries, pauses, stops and keeps to its budget. It goes on as a new execution at
 * iteration boundaries, so that no history grows without bound.
 */
export async function durableSearch<Plan extends DurablePlan, Search extends DurableState & { readonly plan: Plan }>(
  input: SearchInput<Search>,
  steps: SearchSteps<Plan, Search>,
): Promise<RunResult> {
  const { run, bounds } = input;
  const { thresholds = [], spent = NO_USAGE } = bounds ?? {};
  const progress = new Progress();
  const startedAt = input.startedAt ?? Date.now();
  let search: Search | undefined = input.search;
  let plan: Plan | undefined = search?.plan;
  let iterationStartedAt = startedAt;
  const control = new RunControl(input);
  setHandler(statusQuery, () => ({
    ...runStatus({
      progress,
      control,
      plan,
      limits: plan && steps.limits(plan),
      search,
      reached: search && steps.reached(search),
      startedAt,
      iterationStartedAt,
    }),
    ...steps.describe(plan, search),
  }));

  if (plan === undefined) {
    progress.expect("open", 1);
    plan = await progress.track("open", steps.open(run));
  }
  const stage: StageContext<Plan> = { run, plan, progress, hold: control.hold };
  search ??= await steps.start(stage);

  let iterationsHere = 0;
  for (;;) {
    const reason = stopReason({
      state: steps.reached(search),
      parameters: steps.limits(plan),
      stopRequested: control.stopRequested,
      hopeless: isHopeless(search.iterations, thresholds),
      budgetSpent: isSpent(plan, addUsage(spent, search.usage)),
    });
    if (reason !== null) return steps.finish(stage, search, reason, control);

    if (iterationsHere >= plan.iterationsPerExecution || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      // An activity that was done all the same tells nobody, and the next execution would not know of it.
      if (CancellationScope.current().consideredCancelled) throw new CancelledFailure("the run was cancelled");
      const next: SearchInput<Search> = { run, startedAt, bounds, search, ...control.told() };
      await continueAsNew<(input: SearchInput<Search>) => Promise<RunResult>>(next);
    }
    iterationStartedAt = Date.now();
    search = await steps.iterate(stage, search);
    search = { ...search, iterationMilliseconds: search.iterationMilliseconds + Date.now() - iterationStartedAt };
    iterationsHere++;
  }
}
