import type { BaselinePlan } from "../../activities/open-baseline.js";
import { keys } from "../../store/keys.js";
import { type Evaluation, evaluateSampled, expectEvaluations, type StageContext } from "../evaluate.js";
import { answerSeedUnseen, evaluateUnseen, expectUnseen } from "../evaluate-unseen.js";
import { addUsage } from "../usage.js";
import type { Held } from "./method.js";
import { write } from "./write.js";

/** Measures what a method ends with on new questions of its writer, with the search's takers and with unseen ones. */
export async function measureWriter(context: StageContext<BaselinePlan>, { writer, score }: Held): Promise<Evaluation> {
  // Where nothing was selected, runs on other objectives measure the same questions.
  const stage = { ...context, share: score === null };
  const { run, plan, progress, hold, share } = stage;
  const folder = keys.fresh(run.runId, "best");
  progress.begin("measure");
  expectEvaluations(stage, 1);
  expectUnseen(stage, 1);
  const seedUsage = await answerSeedUnseen({ ...context, share: true });
  await hold();
  const random = { seed: plan.seed, purpose: "fresh best" };
  const written = await progress.track(
    "sample",
    write({ run, writer, folder, random, count: plan.freshQuestions, share }),
  );
  const evaluated = await evaluateUnseen(stage, folder, await evaluateSampled(stage, folder, written));
  return { ...evaluated, usage: addUsage(seedUsage, evaluated.usage) };
}
