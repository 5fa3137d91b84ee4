import type { GradedQuestion, Grader } from "../grader.js";
import { canonicalForm } from "./canonical.js";
import { gradeAnswer } from "./grade-answer.js";
import { parseQuestion } from "./parse.js";
import type { GraphProblem } from "./problem.js";
import type { GraphRule } from "./rule.js";
import { solve, type Solution } from "./solve.js";
import { writeTruth } from "./truth.js";

type Examined =
  | Extract<GradedQuestion, { valid: false }>
  | (Extract<GradedQuestion, { valid: true }> & { readonly problem: GraphProblem; readonly solution: Solution });

/** Questions whose reading and solution are kept: a question is examined once and then graded for every test taker. */
const REMEMBERED_QUESTIONS = 4096;

/** Exact ground truth for the seven graph tasks, in every phrasing that `parseQuestion` reads. */
export class GraphGrader implements Grader {
  readonly name = "graphs";
  readonly description = "graph problems";
  readonly #remembered = new Map<string, Examined>();

  examine(question: string): GradedQuestion {
    const examined = this.#examine(question);
    if (!examined.valid) return examined;
    const { valid, kind, size, truth, canonical } = examined;
    return { valid, kind, size, truth, canonical };
  }

  isCorrect(question: string, response: string): boolean {
    const examined = this.#examine(question);
    if (!examined.valid) throw new TypeError(`only replies to valid questions are graded: ${examined.reason}`);
    return gradeAnswer(examined.problem, examined.solution, response);
  }

  #examine(question: string): Examined {
    const known = this.#remembered.get(question);
    if (known !== undefined) return known;
    const examined = examineGraphQuestion(question);
    if (this.#remembered.size >= REMEMBERED_QUESTIONS) {
      this.#remembered.delete(this.#remembered.keys().next().value as string);
    }
    this.#remembered.set(question, examined);
    return examined;
  }
}

/** Parses and solves a question, keeping both. */
export function examineGraphQuestion(question: string): Examined {
  const parsed = parseQuestion(question);
  if (!parsed.ok) return invalid(parsed, parsed.task);
  const { problem } = parsed;
  const solution = solve(problem);
  if (solution.kind === "unsolvable") return invalid(solution, problem.task);
  return {
    valid: true,
    kind: problem.task,
    size: problem.nodes.length,
    truth: writeTruth(problem, solution),
    canonical: canonicalForm(problem),
    problem,
    solution,
  };
}

function invalid(
  { rule, reason }: { readonly rule: GraphRule; readonly reason: string },
  kind: string | undefined,
): Extract<GradedQuestion, { valid: false }> {
  return { valid: false, rule, reason, ...(kind === undefined ? {} : { kind }) };
}
