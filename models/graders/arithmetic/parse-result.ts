import type { ArithmeticProblem, ArithmeticTask } from "./problem.js";
import type { ArithmeticRule } from "./rule.js";

/** A problem with those of its words that a reply may repeat. */
export interface ToldProblem<Problem extends ArithmeticProblem = ArithmeticProblem> {
  readonly problem: Problem;
  /** The person asked about, where the question names one. */
  readonly name?: string;
  /** What is counted: a thing, `coins` or `years`; absent where prices are asked for. */
  readonly unit?: string;
}

export type ParseResult =
  | { readonly ok: true; readonly told: ToldProblem }
  | { readonly ok: false; readonly rule: ArithmeticRule; readonly reason: string; readonly task?: ArithmeticTask };

/** Why a text is no question; thrown by the readers, caught by `parseQuestion`. */
export class MalformedQuestion extends Error {
  override readonly name = "MalformedQuestion";
  readonly code = "MALFORMED_QUESTION";

  constructor(
    /** The rule that it breaks. */
    readonly rule: ArithmeticRule,
    reason: string,
  ) {
    super(reason);
  }
}
