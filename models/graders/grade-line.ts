import type { Grader } from "./grader.js";

/** What an exact grader makes of one line of `swarm grade`; keys in the order in which they are printed. */
export interface GradedLine {
  readonly valid: boolean;
  /** Why the question is not valid. */
  readonly reason?: string;
  /** The task; null where the question is too malformed to tell. */
  readonly kind: string | null;
  /** One correct answer; null where the question is not valid. */
  readonly truth: string | null;
  /** Whether the response is right; absent where there is none or the question is not valid. */
  readonly correct?: boolean;
}

/** Examines a question and, where it is valid and has one, grades its response. */
export function gradeLine(
  grader: Grader,
  line: { readonly question: string; readonly response?: string | undefined },
): GradedLine {
  const examined = grader.examine(line.question);
  if (!examined.valid) return { valid: false, reason: examined.reason, kind: examined.kind ?? null, truth: null };
  const { kind, truth } = examined;
  if (line.response === undefined) return { valid: true, kind, truth };
  return { valid: true, kind, truth, correct: grader.isCorrect(line.question, line.response) };
}
