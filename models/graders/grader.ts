/** Exact ground truth for one domain: what a question means, what its answer is, and whether a reply is right. */

export type GradedQuestion =
  | {
      readonly valid: false;
      /** The rule that it breaks, by a name that names nothing of the question: what is counted. */
      readonly rule: string;
      /** What is wrong with this very question, for people. */
      readonly reason: string;
      readonly kind?: string;
    }
  | {
      readonly valid: true;
      /** The task, such as `shortest-path`. */
      readonly kind: string;
      /** A measure of how large the problem is, such as its number of nodes. */
      readonly size: number;
      /** One correct answer, as a test taker would write it. */
      readonly truth: string;
      /** Equal for questions that ask the same thing in other words or another order; tells duplicates and copies. */
      readonly canonical: string;
    };

export interface Grader {
  /** The name in `--grader NAME` and `domain: NAME`. */
  readonly name: string;
  /** How the domain is called in the generators' prompt, such as "graph problems". */
  readonly description: string;
  examine(question: string): GradedQuestion;
  /** Whether a reply to a valid question is right. Throws `TypeError` where the question is not valid. */
  isCorrect(question: string, response: string): boolean;
}
