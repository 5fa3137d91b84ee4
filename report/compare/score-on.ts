import { type Evaluation, questionCount } from "../../swarm/objectives/evaluation.js";
import { inSets } from "../../swarm/objectives/evaluation-parts.js";
import type { Objective } from "../../swarm/objectives/objective.js";

/** What an evaluation scores on an objective that it was not made for; undefined where it lacks what that needs. */
export function scoreOn(objective: Objective, evaluation: Evaluation): number | undefined {
  const { needs } = objective;
  const { performance, seedPerformance, relevance } = evaluation;
  const questions = questionCount(evaluation);
  const lacks =
    performance.length < needs.takers ||
    questions < needs.questionSets ||
    (needs.seedPerformance && seedPerformance === undefined) ||
    (needs.relevance && relevance === undefined);
  // Parted into sets as a run does that is scored on it.
  return lacks ? undefined : objective.score({ ...evaluation, questionSets: inSets(questions, needs.questionSets) });
}
