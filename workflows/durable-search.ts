import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from "@temporalio/workflow";
import type { SwarmPlan } from "../activities/open-run.js";
import type { RunRef } from "../activities/run-inputs.js";
import type { RunResult } from "../report/result.js";
import { isHopeless } from "../swarm/median-stopping.js";
import { type StopReason, stopReason } from "../swarm/stopping.js";
import { isSpent } from "./budget.js";
import type { StageContext } from "./evaluate.js";
import { type MovingTakers, statusQuery } from "./messages.js";
import { Progress } from "./progress.js";
import { RunControl, type Told } from "./run-control.js";
import { runStatus } from "./run-status.js";
import type { SearchBounds } from "./search-bounds.js";
import type { SearchState } from "./search-state.js";
import { addUsage, NO_USAGE } from "./usage.js";

export interface SearchInput<Search> extends Told {
  readonly run: RunRef;
  readonly startedAt?: number;
  /** Set where a hyperparameter search runs it. */
  readonly bounds?: SearchBounds | undefined;
  /** Set where an earlier execution went on as this one. */
  readonly search?: Search;
}

/** What a kind of search does where all are alike. */
export interface SearchSteps<Plan extends SwarmPlan, Search extends SearchState> {
  readonly open: (run: RunRef) => Promise<Plan>;
  /** Iteration 0. */
  readonly start: (stage: StageContext<Plan>) => Search | Promise<Search>;
  readonly iterate: (stage: StageContext<Plan>, search: Search) => Promise<Search>;
  /** Iterations without any new best. */
  readonly stagnation: (search: Search) => number;
  /** What the status says of test takers that move. */
  readonly takers?: (search: Search) => MovingTakers;
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
export async function durableSearch<Plan extends SwarmPlan, Search extends SearchState & { readonly plan: Plan }>(
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
  setHandler(statusQuery, () =>
    runStatus({
      progress,
      control,
      plan,
      search,
      stagnation: search === undefined ? 0 : steps.stagnation(search),
      takers: search === undefined ? undefined : steps.takers?.(search),
      startedAt,
      iterationStartedAt,
    }),
  );

  if (plan === undefined) {
    progress.expect("open", 1);
    plan = await progress.track("open", steps.open(run));
  }
  const stage: StageContext<Plan> = { run, plan, progress, hold: control.hold };
  search ??= await steps.start(stage);

  let iterationsHere = 0;
  for (;;) {
    const reason = stopReason({
      state: { iteration: search.swarm.iteration, stagnation: steps.stagnation(search) },
      parameters: plan.swarm,
      stopRequested: control.stopRequested,
      hopeless: isHopeless(search.iterations, thresholds),
      budgetSpent: isSpent(plan, addUsage(spent, search.usage)),
    });
    if (reason !== null) return steps.finish(stage, search, reason, control);

    if (iterationsHere >= plan.iterationsPerExecution || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      const next: SearchInput<Search> = { run, startedAt, bounds, search, ...control.told() };
      await continueAsNew<(input: SearchInput<Search>) => Promise<RunResult>>(next);
    }
    iterationStartedAt = Date.now();
    search = await steps.iterate(stage, search);
    search = { ...search, iterationMilliseconds: search.iterationMilliseconds + Date.now() - iterationStartedAt };
    iterationsHere++;
  }
}
