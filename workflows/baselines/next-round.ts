import type { BaselinePlan } from "../../activities/open-baseline.js";
import type { StageContext } from "../evaluate.js";
import { afterStep } from "./after-step.js";
import { commitRound } from "./commit-round.js";
import type { BaselineSearch } from "./method.js";
import { METHODS } from "./methods.js";

/** One round of a method that searches, committed. */
export async function nextRound(stage: StageContext<BaselinePlan>, search: BaselineSearch): Promise<BaselineSearch> {
  const method = METHODS[stage.plan.method];
  if ("make" in method) throw new TypeError(`${stage.plan.method} has no rounds`);
  stage.progress.begin("search");
  const round = search.round + 1;
  return commitRound(stage, afterStep(search, round, await method.search(stage, search.material, round)));
}
