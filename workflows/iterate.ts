import type { SwarmPlan } from "../activities/open-run.js";
import { commitIteration } from "./commit-iteration.js";
import type { StageContext } from "./evaluate.js";
import type { SearchState } from "./search-state.js";
import { stepGenerators } from "./step-generators.js";
import { addUsage } from "./usage.js";

/** One iteration of the search: every particle moves and is evaluated (Algorithm 1, lines 7 to 14). */
export async function iterate(stage: StageContext<SwarmPlan>, search: SearchState): Promise<SearchState> {
  stage.progress.begin("search");
  const { swarm, challenges, usage } = await stepGenerators(stage, search.swarm);
  return commitIteration(stage, { ...search, swarm, usage: addUsage(search.usage, usage) }, challenges);
}
