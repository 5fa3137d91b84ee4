import { keys } from "../../store/keys.js";
import type { StageContext } from "../evaluate.js";
import { addUsage } from "../usage.js";
import { keep } from "./keep.js";
import type { SearchMethod, Step } from "./method.js";
import { evaluateSeedSet } from "./seed-set.js";
import { evaluateWrittenSet } from "./written-set.js";

/** Examples in a prompt that writes children. */
const PARENTS = 2;

/**
 * Prompt breeder (Fernando et al. 2024), as in appendix C: the seed data is a population; in each round the base model crosses pairs
 * of it, which is to write more after two parents, and of old and new as many live on as there were, those that are worth most to f.
 */
export const promptBreeder: SearchMethod = {
  async begin(stage) {
    const { folder, score, usage } = await evaluateSeedSet(stage);
    if (score === null) return { outcome: null, material: { sets: [], kept: null }, usage };
    return liveOn(stage, 0, [folder], usage);
  },
  async search(stage, material, round) {
    const { kept } = material;
    const examples = kept === null ? {} : { examples: [keys.questions(kept)] };
    const { folder, score, usage } = await evaluateWrittenSet(stage, round, {
      ...examples,
      examplesPerPrompt: PARENTS,
    });
    if (score === null) return { outcome: null, material, usage };
    return liveOn(stage, round, kept === null ? [folder] : [kept, folder], usage);
  },
};

async function liveOn(
  stage: StageContext,
  round: number,
  from: readonly [string, ...string[]],
  usage: Step["usage"],
): Promise<Step> {
  const kept = await keep(stage, round, { from, keep: "as many as the first has" });
  return {
    outcome: { writer: { kind: "model", adapter: null, examples: keys.questions(kept.folder) }, score: kept.score },
    material: { sets: [], kept: kept.folder },
    usage: addUsage(usage, kept.usage),
  };
}
