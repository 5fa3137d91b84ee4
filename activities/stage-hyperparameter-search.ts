import { ConfigError } from "../config/config-error.js";
import { type SearchConfig, searchRunId } from "../config/search-schema.js";
import { swarmConfig } from "../config/swarm-config.js";
import { keys } from "../store/keys.js";
import type { MedianStoppingOptions } from "../swarm/median-stopping.js";
import { type Coefficients, drawFromGrid } from "../swarm/parameter-grid.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import type { OpenRequest } from "./open-run.js";
import type { RunRef } from "./run/run-inputs.js";
import { stageChild } from "./run/stage-child.js";
import { budgetOf, type StagePlan } from "./run/stage-plan.js";

/** A run of the search, laid out. */
export interface PlannedRun {
  readonly run: RunRef;
  readonly coefficients: Coefficients;
}

/** What the workflow of a hyperparameter search decides with. */
export interface HyperparameterSearchPlan extends Pick<StagePlan, "objective" | "budget"> {
  /** In the order in which they start. */
  readonly runs: readonly PlannedRun[];
  readonly atOnce: number;
  /** Null where every run goes to its own end. */
  readonly earlyStop: MedianStoppingOptions | null;
}

/** Draws hyperparameters from the grid by the run's seed, and lays out a swarm with each. */
export async function stageHyperparameterSearch(
  dependencies: ActivityDependencies,
  { run }: OpenRequest,
): Promise<HyperparameterSearchPlan> {
  const context = await dependencies.openRun(run);
  const { swarm, seed, budget } = swarmConfig(context.config, keys.config(run.runId));
  const search = searchOf(context);
  const runs: PlannedRun[] = [];
  for (const [index, coefficients] of drawFromGrid(search.grid, { count: search.runs, seed }).entries()) {
    const runId = searchRunId(run.runId, index);
    const changes = { swarm: { ...swarm, ...coefficients }, search: null };
    runs.push({ run: await stageChild(context, { runId, changes }), coefficients });
  }
  const { atOnce, earlyStop = null } = search;
  return { objective: context.objective.name, budget: budgetOf(budget), runs, atOnce, earlyStop };
}

function searchOf({ config, runId }: RunContext): SearchConfig {
  if ("search" in config && config.search !== undefined) return config.search;
  throw new ConfigError("INVALID_CONFIG", keys.config(runId), ["search: missing; a hyperparameter search needs it"]);
}
