import type { BaselinePlan } from "../../activities/open-baseline.js";
import type { SampleRequest } from "../../activities/sample-questions.js";
import { keys } from "../../store/keys.js";
import { type Evaluation, evaluate, expectEvaluations, type StageContext } from "../evaluate.js";

/** Has the base model write the questions of one round, and takers answer them. */
export async function evaluateWrittenSet(
  stage: StageContext<BaselinePlan>,
  round: number,
  shown: Pick<SampleRequest, "examples" | "examplesPerPrompt">,
): Promise<Evaluation & { readonly folder: string }> {
  const { run, plan } = stage;
  const folder = keys.particle(run.runId, round, 0);
  expectEvaluations(stage, 1);
  const evaluation = await evaluate(stage, {
    adapter: null,
    cluster: null,
    ...shown,
    folder,
    random: { seed: plan.seed, purpose: "baseline round", iteration: round },
    count: plan.questionsPerRound,
    counts: "drawn",
  });
  return { ...evaluation, folder };
}
