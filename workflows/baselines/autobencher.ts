import { keys } from "../../store/keys.js";
import type { SearchMethod } from "./method.js";
import { evaluateWrittenSet } from "./written-set.js";

/**
 * AutoBencher (Li et al. 2025), as in appendix C: the base model writes ten small sets, and the one with the best f becomes the
 * examples from which the full set grows. A set is a round; none depends on another.
 */
export const autobencher: SearchMethod = {
  async search(stage, material, round) {
    const { folder, score, usage } = await evaluateWrittenSet({ ...stage, share: true }, round, {});
    const writer = { kind: "model", adapter: null, examples: keys.questions(folder) } as const;
    return { outcome: score === null ? null : { writer, score }, material, usage };
  },
};
