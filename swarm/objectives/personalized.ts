import { checkEvaluation } from "./evaluation.js";
import type { Objective } from "./objective.js";
import { average } from "./performance.js";

/**
 * The mean over questions of r(d, D_user), the mean cosine similarity to the most similar user queries; -1 to 1
 * (Data Swarms, section 2.2: the text says "averaging" where the formula has a sum). Takers play no part.
 */
export const personalized: Objective = {
  name: "personalized",
  description: "questions resemble what users ask: mean similarity to the nearest user queries",
  needs: { takers: 0, questionSets: 1, seedPerformance: false, relevance: true },
  score(evaluation) {
    checkEvaluation(evaluation, personalized.needs);
    return average(evaluation.relevance ?? []);
  },
};
