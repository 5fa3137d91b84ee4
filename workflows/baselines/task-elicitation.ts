import { keys } from "../../store/keys.js";
import { betterHalf } from "../../swarm/objectives/question-choice.js";
import type { StageContext } from "../evaluate.js";
import { addUsage } from "../usage.js";
import { keep } from "./keep.js";
import type { Material, ScoredSet, SearchMethod, Step } from "./method.js";
import { evaluateSeedSet } from "./seed-set.js";
import { evaluateWrittenSet } from "./written-set.js";

/**
 * Task elicitation (Brown et al. 2025), as in appendix C: in each round the base model sees where takers are weak and writes new
 * questions; the better half of all sets by f is kept. What a small base model is shown of a weakness is the questions
 * themselves: those of the kept sets that raise f, which for *difficult* are the ones that the best taker failed.
 */
export const taskElicitation: SearchMethod = {
  async begin(stage) {
    const { folder, score, usage } = await evaluateSeedSet(stage);
    return goOnWith(stage, 0, { sets: [], kept: null }, { folder, score, usage });
  },
  async search(stage, material, round) {
    const examples = material.kept === null ? {} : { examples: [keys.examples(material.kept)] };
    return goOnWith(stage, round, material, await evaluateWrittenSet(stage, round, examples));
  },
};

type Evaluated = Pick<Step, "usage"> & { readonly folder: string; readonly score: number | null };

async function goOnWith(stage: StageContext, round: number, material: Material, set: Evaluated): Promise<Step> {
  const { folder, score, usage } = set;
  if (score === null) return { outcome: null, material, usage };
  const sets = [...material.sets, { folder, score }];
  const better = betterHalf(sets.map((one) => one.score)).map((index) => sets[index] as ScoredSet);
  // One set or more has a score, this one.
  const from = better.map((one) => one.folder) as [string, ...string[]];
  const kept = await keep(stage, round, { from, keep: "all" });
  return {
    outcome: {
      writer: { kind: "model", adapter: null, examples: keys.examples(kept.folder) },
      score: kept.score,
    },
    material: { sets, kept: kept.folder },
    usage: addUsage(usage, kept.usage),
  };
}
