import type { Evaluation } from "./evaluation.js";

/** What an objective looks at: what has to be sampled, answered and measured before it can score. */
export interface ObjectiveNeeds {
  /** Fewest test takers; 0 where their answers are not looked at. */
  readonly takers: number;
  /** Question sets that are sampled apart from one generator; 1 for most objectives. */
  readonly questionSets: number;
  /** Whether the takers' performance on the seed data is needed. */
  readonly seedPerformance: boolean;
  /** Whether each question's similarity to user queries is needed. */
  readonly relevance: boolean;
}

/**
 * An evaluation objective f (Data Swarms, section 2.2): what a generator's questions are scored on; more is better.
 * A config may name a module of the user's own whose default export is one (docs/objectives.md). `score` is a pure function, finite for
 * every evaluation that has what it `needs`, and does not depend on the order of takers or questions.
 */
export interface Objective {
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  readonly needs: ObjectiveNeeds;
  /** Throws `INVALID_EVALUATION` where the evaluation lacks what the objective needs. */
  score(evaluation: Evaluation): number;
  /**
   * What each question is worth, by which questions are chosen: the score and what the question does to it, so that those above the score
   * raise it. Only for an objective of whose score leaving one question out says little; see `pseudoValues`, the default.
   */
  worth?(evaluation: Evaluation): number[];
}
