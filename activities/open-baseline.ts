import { baselineConfig } from "../config/baseline-config.js";
import { FIXED_SETS, type Method } from "../config/baseline-schema.js";
import { ConfigError } from "../config/config-error.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { OpenRequest } from "./open-run.js";
import { planStages, type StagePlan } from "./run/stage-plan.js";

/** The part of the run's config that the workflow of a baseline decides with. */
export interface BaselinePlan extends StagePlan {
  readonly method: Method;
  /** Rounds of its search; 0 where it learns nothing from grades. */
  readonly rounds: number;
  /** Questions that a round may draw. */
  readonly questionsPerRound: number;
  /** Seed questions that a search in rounds starts with; null for all of them. */
  readonly startQuestions: number | null;
  readonly iterationsPerExecution: number;
}

/** Reads what the workflow needs to know of a baseline's run. */
export async function openBaseline(dependencies: ActivityDependencies, { run }: OpenRequest): Promise<BaselinePlan> {
  const context = await dependencies.openRun(run);
  const { baseline, iterationsPerExecution } = baselineConfig(context.config, keys.config(run.runId));
  const { method, minValid, questionsPerRound, population } = baseline;
  // The config's own check knows the objectives that come with the product only.
  if (FIXED_SETS.includes(method) && context.objective.needs.questionSets > 1) {
    const { name } = context.objective;
    const problem = `objective: ${name} compares question sets of one generator, and ${method} is one fixed set`;
    throw new ConfigError("INVALID_CONFIG", keys.config(run.runId), [problem]);
  }
  const stages = await planStages(context, { minValid, questionsPerEvaluation: questionsPerRound });
  return {
    ...stages,
    method,
    ...searchOf(baseline),
    startQuestions: method === "prompt-breeder" ? (population ?? null) : questionsPerRound,
    iterationsPerExecution,
  };
}

function searchOf(
  baseline: ReturnType<typeof baselineConfig>["baseline"],
): Pick<BaselinePlan, "rounds" | "questionsPerRound"> {
  const { method, rounds, questionsPerRound, subsets, subsetSize } = baseline;
  if (method === "autobencher") return { rounds: subsets, questionsPerRound: subsetSize };
  if (method === "task-elicitation" || method === "prompt-breeder") return { rounds, questionsPerRound };
  return { rounds: 0, questionsPerRound: 0 };
}
