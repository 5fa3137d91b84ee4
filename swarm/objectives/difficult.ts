import { checkEvaluation } from "./evaluation.js";
import type { Objective } from "./objective.js";
import { takerPerformance } from "./performance.js";

/** 1 - max over takers of performance(m | D_gen); 0 to 1 (Data Swarms, section 2.2). */
export const difficult: Objective = {
  name: "difficult",
  description: "even the best test taker fails: 1 - the highest performance",
  needs: { takers: 1, questionSets: 1, seedPerformance: false, relevance: false },
  score(evaluation) {
    checkEvaluation(evaluation, difficult.needs);
    return 1 - Math.max(...takerPerformance(evaluation.performance));
  },
};
