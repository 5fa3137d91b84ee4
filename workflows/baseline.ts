import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from "@temporalio/workflow";
import type { BaselinePlan } from "../activities/open-baseline.js";
import type { RunRef } from "../activities/run-inputs.js";
import type { RunResult } from "../report/result.js";
import { stopReason } from "../swarm/stopping.js";
import { cpu } from "./activity-options.js";
import { afterStep } from "./baselines/after-step.js";
import { commitRound } from "./baselines/commit-round.js";
import { finishBaseline } from "./baselines/finish.js";
import type { BaselineSearch } from "./baselines/method.js";
import { METHODS } from "./baselines/methods.js";
import { startBaseline } from "./baselines/start.js";
import { isSpent } from "./budget.js";
import type { StageContext } from "./evaluate.js";
import { type RunStatus, statusQuery } from "./messages.js";
import { Progress } from "./progress.js";
import { RunControl, type Told } from "./run-control.js";
import { NO_USAGE } from "./usage.js";

export interface BaselineInput extends Told {
  readonly run: RunRef;
  readonly startedAt?: number;
  /** Set where an earlier execution went on as this one. */
  readonly search?: BaselineSearch;
}

/**
 * A baseline of Data Swarms (section 3) as one durable workflow: it spends, pauses, stops and measures as a swarm does. Methods
 * that search go on as a new execution between rounds, so that no history grows without bound.
 */
export async function baseline(input: BaselineInput): Promise<RunResult> {
  const { run } = input;
  const progress = new Progress();
  const startedAt = input.startedAt ?? Date.now();
  let search: BaselineSearch | undefined = input.search;
  let plan: BaselinePlan | undefined = search?.plan;
  let roundStartedAt = startedAt;
  const control = new RunControl(input);
  setHandler(statusQuery, status);

  plan ??= await openBaseline();
  const stage: StageContext<BaselinePlan> = { run, plan, progress, hold: control.hold };
  search ??= await startBaseline(stage);

  for (let roundsHere = 0; ; roundsHere++) {
    const reason = stopReason({
      state: { iteration: search.round, stagnation: 0 },
      parameters: { patience: Infinity, maxIterations: plan.rounds },
      stopRequested: control.stopRequested,
      budgetSpent: isSpent(plan, search.usage),
    });
    const method = METHODS[plan.method];
    if (reason !== null || "make" in method) return finishBaseline(stage, search, reason ?? "max-iterations");

    if (roundsHere >= plan.iterationsPerExecution || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof baseline>({ run, startedAt, search, ...control.told() });
    }
    roundStartedAt = Date.now();
    progress.begin("search");
    const round = search.round + 1;
    search = await commitRound(stage, afterStep(search, round, await method.search(stage, search.material, round)));
    search = { ...search, roundMilliseconds: search.roundMilliseconds + Date.now() - roundStartedAt };
  }

  async function openBaseline(): Promise<BaselinePlan> {
    progress.expect("open", 1);
    return progress.track("open", cpu.openBaseline({ run }));
  }

  function status(): RunStatus {
    const done = search?.round ?? 0;
    return {
      phase: progress.phase,
      method: plan?.method ?? "baseline",
      iteration: progress.phase === "search" ? done + 1 : done,
      maxIterations: plan?.rounds ?? 0,
      stagnation: 0,
      patience: 0,
      stages: progress.stages(),
      waitingFor: control.waitingFor,
      stopRequested: control.stopRequested,
      objective: plan?.objective ?? "",
      iterations: search?.iterations ?? [],
      bestParticle: null,
      startedAt,
      iterationStartedAt: roundStartedAt,
      meanIterationMilliseconds: search === undefined || done === 0 ? null : search.roundMilliseconds / done,
      usage: search?.usage ?? NO_USAGE,
    };
  }
}
