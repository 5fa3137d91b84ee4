import type { RandomStream } from "../../swarm/random.js";

/** A valid question as a writer made it. */
export interface WrittenQuestion {
  readonly task: string;
  /** As the domain's grader measures it. */
  readonly size: number;
  readonly question: string;
  /** The answer as a test taker should write it; the grader takes it as right. */
  readonly answer: string;
}

/**
 * Writes random valid questions of one domain with their exact answers: what the embedded model is pretrained on, seed data and
 * the training sets of test takers.
 */
export interface QuestionWriter {
  /** The name of the domain's grader. */
  readonly domain: string;
  readonly tasks: readonly string[];
  /** Ranges of sizes from small to large, both ends included, in which skills are reported; together all sizes it writes. */
  readonly sizes: readonly (readonly [smallest: number, largest: number])[];
  /**
   * A random question of a task, in a random one of the writer's phrasings.
   *
   * @param size what the grader will measure, within {@link sizes}
   * @throws RangeError where the task or the size is not one of the writer's
   */
  write(options: { readonly task: string; readonly size: number; readonly random: RandomStream }): WrittenQuestion;
}
