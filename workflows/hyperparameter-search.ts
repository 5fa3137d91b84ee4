import { setHandler } from "@temporalio/workflow";
import type { RunRef } from "../activities/run/run-inputs.js";
import type { HyperparameterSearchPlan, PlannedRun } from "../activities/stage-hyperparameter-search.js";
import type { HyperparameterSearch, SearchedRun } from "../report/hyperparameter-search.js";
import type { RunResult } from "../report/result.js";
import { medianThresholds } from "../swarm/median-stopping.js";
import { cpu } from "./activity-options.js";
import { isSpent } from "./budget.js";
import { childRun } from "./child-run.js";
import { statusQuery } from "./messages.js";
import { Progress } from "./progress.js";
import { RunControl } from "./run-control.js";
import { type FinishedRun, searchStatus, winnerOf } from "./search-status.js";
import { usageOfRuns } from "./search-usage.js";
import { settleAll } from "./settle.js";
import { addUsage, NO_USAGE } from "./usage.js";

/**
 * Swarms with hyperparameters drawn from a grid, each a run of its own, of which the one with the highest searched score counts
 * (Data Swarms, appendix C, "Hyperparameter Details"). Each ends with a fresh measurement, which has no part in the choice.
 *
 * A run that fails fails the search: all have the same data, models and stages, so what ends one would end the others, and a
 * search that goes on without it would depend on what happened to machines. Nothing is lost: started again it finds what is done.
 */
export async function hyperparameterSearch({ run }: { readonly run: RunRef }): Promise<RunResult> {
  const progress = new Progress();
  const control = new RunControl({});
  const startedAt = Date.now();
  let latestAt = startedAt;
  let plan: HyperparameterSearchPlan | undefined = undefined;
  const finished: FinishedRun[] = [];
  setHandler(statusQuery, () => searchStatus({ progress, control, plan, finished, startedAt, latestAt }));

  progress.begin("runs");
  plan = await cpu.stageHyperparameterSearch({ run });
  progress.expect("run", plan.runs.length);
  const runs = await runAll(plan, control, (one) => {
    finished.push(one);
    latestAt = Date.now();
    progress.skip("run");
  });
  const winner = winnerOf(runs.started) as FinishedRun;
  const search: HyperparameterSearch = {
    runs: runs.started.map(({ summary }) => summary),
    drawn: plan.runs.length,
    winner: winner.summary.runId,
    stoppedBecause: runs.stoppedBecause,
  };
  const usage = usageOfRuns(runs.started.map(({ result }) => result.usage));

  progress.begin("finish");
  progress.expect("report", 2);
  const result = await progress.track(
    "report",
    cpu.finishHyperparameterSearch({ run, winner: winner.result, search, usage }),
  );
  await progress.track("report", cpu.writeReport({ run, result }));
  return result;
}

/**
 * Runs in the order in which they were drawn, `atOnce` side by side. A run starts when all but the `atOnce - 1` before it are
 * done: so what it is held against, and whether it starts, does not depend on which run is faster.
 */
async function runAll(
  plan: HyperparameterSearchPlan,
  control: RunControl,
  whenDone: (one: FinishedRun) => void,
): Promise<{
  readonly started: readonly FinishedRun[];
  readonly stoppedBecause: HyperparameterSearch["stoppedBecause"];
}> {
  let stoppedBecause: HyperparameterSearch["stoppedBecause"] = "all-runs";
  /** By number; null where it was not started. */
  const outcomes: Promise<FinishedRun | null>[] = [];

  async function runOne(planned: PlannedRun, index: number): Promise<FinishedRun | null> {
    const before = startedOf(await Promise.all(outcomes.slice(0, Math.max(0, index - plan.atOnce + 1))));
    await control.hold();
    const spent = before.map(({ result }) => result.usage).reduce(addUsage, NO_USAGE);
    // The first one always starts: without a run there is no result.
    const reason =
      index === 0 ? null : control.stopRequested ? "stop-requested" : isSpent(plan, spent) ? "budget" : null;
    if (reason !== null) {
      stoppedBecause = reason;
      return null;
    }
    const iterations = before.map(({ result }) => result.iterations);
    const thresholds = plan.earlyStop === null ? [] : medianThresholds(iterations, plan.earlyStop);
    const result = await childRun({ run: planned.run, bounds: { thresholds, spent } }, control);
    const one = { summary: summaryOf(planned, result), result };
    whenDone(one);
    return one;
  }

  const settled = await settleAll(
    plan.runs.map((planned, index) => () => {
      const outcome = runOne(planned, index);
      outcomes.push(outcome);
      return outcome;
    }),
  );
  return { started: startedOf(settled), stoppedBecause };
}

function startedOf(outcomes: readonly (FinishedRun | null)[]): FinishedRun[] {
  return outcomes.filter((one) => one !== null);
}

function summaryOf(
  { run, coefficients }: PlannedRun,
  { best, iterations, stoppedBecause, usage }: RunResult,
): SearchedRun {
  return {
    runId: run.runId,
    coefficients,
    searched: best?.searched ?? null,
    fresh: best?.fresh ?? null,
    iterations: iterations.at(-1)?.iteration ?? 0,
    stoppedBecause,
    seconds: Object.values(usage.seconds).reduce((sum, seconds) => sum + seconds, 0),
  };
}
