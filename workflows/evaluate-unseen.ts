import type { Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { cpu } from "./activity-options.js";
import { answerAndJudge, type Evaluation, expectAnswers, skipGrading, type StageContext } from "./evaluate.js";
import { addUsage, NO_USAGE } from "./usage.js";

/** Announces to the progress what unseen takers will do on `count` generators' questions. */
export function expectUnseen({ progress, plan }: StageContext, count: number): void {
  if (plan.unseenTakers.length === 0) return;
  const folders = count + (plan.needsSeedPerformance ? 1 : 0);
  expectAnswers(progress, { folders, takers: plan.unseenTakers });
  progress.expect("score", count);
}

/** Has the unseen takers answer the seed questions, where the objective compares with performance on them. */
export async function answerSeedUnseen(context: StageContext): Promise<Usage> {
  const { run, plan } = context;
  if (plan.unseenTakers.length === 0 || !plan.needsSeedPerformance) return NO_USAGE;
  return answerAndJudge(context, keys.seedEvaluation(run.runId), "unseen");
}

/**
 * Has the unseen takers answer the questions of an evaluated generator, and scores the objective over them alone
 * (section 5, "Generalizing to Unseen Test Takers"). Comes after the search, which never reads what this writes.
 *
 * @returns the evaluation with what this cost
 */
export async function evaluateUnseen(
  context: StageContext,
  folder: string,
  evaluation: Evaluation,
): Promise<Evaluation> {
  const { run, plan, progress } = context;
  if (plan.unseenTakers.length === 0) return evaluation;
  if (evaluation.score === null) {
    skipGrading(progress, plan.unseenTakers);
    return evaluation;
  }
  const answered = await answerAndJudge(context, folder, "unseen");
  const scored = await progress.track("score", cpu.scoreObjective({ run, folder, pool: "unseen" }));
  return { ...evaluation, usage: [evaluation.usage, answered, scored.usage].reduce(addUsage) };
}
