import type { BaselinePlan } from "../../activities/open-baseline.js";
import { keys } from "../../store/keys.js";
import { cpu } from "../activity-options.js";
import { type Evaluation, evaluateSampled, expectEvaluations, type StageContext } from "../evaluate.js";

/** Round 0 of a search that goes on from the seed data: questions of it, which takers answer. Searches on other objectives begin alike. */
export async function evaluateSeedSet(
  context: StageContext<BaselinePlan>,
): Promise<Evaluation & { readonly folder: string }> {
  const stage = { ...context, share: true };
  const { run, plan, progress, hold } = stage;
  const folder = keys.particle(run.runId, 0, 0);
  expectEvaluations(stage, 1);
  await hold();
  const random = { seed: plan.seed, purpose: "baseline start" };
  const drawing = cpu.drawSplit({ run, split: "seed", folder, random, count: plan.startQuestions });
  return { ...(await evaluateSampled(stage, folder, await progress.track("sample", drawing))), folder };
}
