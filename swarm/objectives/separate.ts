import { checkEvaluation } from "./evaluation.js";
import type { Objective } from "./objective.js";
import { takerPerformance } from "./performance.js";

/**
 * The mean gap between neighbours when takers are sorted by performance (Data Swarms, section 2.2); 0 to 1 / (n - 1).
 * The n - 1 gaps add up to the highest performance less the lowest.
 */
export const separate: Objective = {
  name: "separate",
  description: "test takers differ: the mean gap between neighbours in the ranking",
  needs: { takers: 2, questionSets: 1, seedPerformance: false, relevance: false },
  score(evaluation) {
    checkEvaluation(evaluation, separate.needs);
    const performance = takerPerformance(evaluation.performance);
    return (Math.max(...performance) - Math.min(...performance)) / (performance.length - 1);
  },
};
