import type { Edge, GraphProblem, GraphTask } from "./problem.js";
import type { GraphRule } from "./rule.js";

/** What a phrasing's parser read, before the rules of {@link checkDraft} are applied. */
export interface Draft {
  readonly task: GraphTask;
  /** Every edge as written, repeats included. */
  readonly edges: readonly Edge[];
  /** The nodes that the question states; without them the nodes are those in the edges. */
  readonly nodes?: readonly string[];
  readonly query?: { readonly from: string; readonly to: string };
  readonly wants?: "path" | "length";
}

export type ParseResult =
  | { readonly ok: true; readonly problem: GraphProblem }
  | { readonly ok: false; readonly rule: GraphRule; readonly reason: string; readonly task?: GraphTask };

/** Why a text is no question of a phrasing; thrown by the parsers, caught by `parseQuestion`. */
export class MalformedQuestion extends Error {
  override readonly name = "MalformedQuestion";
  readonly code = "MALFORMED_QUESTION";

  constructor(
    /** The rule that it breaks. */
    readonly rule: GraphRule,
    reason: string,
    readonly task?: GraphTask,
  ) {
    super(reason);
  }
}
