/** What a question must keep to, by names that stay: counts of broken rules are compared over generators and runs. */
export type ListRule =
  | "empty"
  | "too long"
  | "unknown opening"
  | "unknown ending"
  | "text after the question"
  | "malformed list"
  | "malformed number"
  | "malformed item"
  | "malformed step"
  | "too few steps"
  | "too many steps"
  | "too few items"
  | "too many items"
  | "all items equal"
  | "item missing"
  | "count of zero"
  | "rotation too far"
  | "nothing left";

/** Why a text is no question on lists; thrown by the parser and the solver, caught by the grader. */
export class MalformedQuestion extends Error {
  override readonly name = "MalformedQuestion";
  readonly code = "MALFORMED_QUESTION";

  constructor(
    /** The rule that it breaks. */
    readonly rule: ListRule,
    reason: string,
  ) {
    super(reason);
  }
}
