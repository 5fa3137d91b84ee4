import type { ActivityDependencies } from "./dependencies.js";
import type { OpenRequest } from "./open-run.js";
import { planStages, type StagePlan } from "./run/stage-plan.js";

/** Reads what is needed to have the takers of any run's config answer a given question set; nothing is sampled. */
export async function openStages(dependencies: ActivityDependencies, { run }: OpenRequest): Promise<StagePlan> {
  const context = await dependencies.openRun(run);
  return planStages(context, { minValid: 0, questionsPerEvaluation: context.config.evaluation.freshQuestions });
}
