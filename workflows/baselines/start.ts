import type { BaselinePlan } from "../../activities/open-baseline.js";
import { keys } from "../../store/keys.js";
import { answerAndJudge, expectAnswers, type StageContext } from "../evaluate.js";
import { addUsage, NO_USAGE } from "../usage.js";
import { afterStep } from "./after-step.js";
import { commitRound } from "./commit-round.js";
import type { BaselineSearch } from "./method.js";
import { METHODS } from "./methods.js";

/** All that comes before the first round: what takers do on the seed data, where the objective compares with that, and round 0. */
export async function startBaseline(stage: StageContext<BaselinePlan>): Promise<BaselineSearch> {
  const { run, plan, progress } = stage;
  const method = METHODS[plan.method];
  progress.begin("start");
  if (plan.needsSeedPerformance) expectAnswers(progress, { folders: 1, takers: plan.takers });
  const shared = { ...stage, share: true };
  const search: BaselineSearch = {
    plan,
    round: 0,
    held: null,
    material: { sets: [], kept: null },
    iterations: [],
    usage: plan.needsSeedPerformance ? await answerAndJudge(shared, keys.seedEvaluation(run.runId)) : NO_USAGE,
    startedFrom: 0,
    iterationMilliseconds: 0,
  };
  if ("make" in method) {
    const { writer, round, usage } = await method.make(stage);
    return { ...search, round, held: { writer, score: null, round }, usage: addUsage(search.usage, usage) };
  }
  if (method.begin === undefined) return search;
  return commitRound(stage, afterStep(search, 0, await method.begin(stage)));
}
