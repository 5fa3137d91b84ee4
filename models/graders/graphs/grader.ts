import { type Examined, ExactGrader } from "../exact-grader.js";
import { canonicalForm } from "./canonical.js";
import { gradeAnswer } from "./grade-answer.js";
import { parseQuestion } from "./parse.js";
import type { GraphProblem } from "./problem.js";
import type { GraphRule } from "./rule.js";
import { solve, type Solution } from "./solve.js";
import { writeTruth } from "./truth.js";

interface SolvedGraph {
  readonly problem: GraphProblem;
  readonly solution: Solution;
}

/** Exact ground truth for the seven graph tasks, in every phrasing that `parseQuestion` reads. */
export function graphGrader(): ExactGrader<SolvedGraph> {
  return new ExactGrader({
    name: "graphs",
    description: "graph problems",
    examine: examineGraphQuestion,
    check: ({ problem, solution }, response) => gradeAnswer(problem, solution, response),
  });
}

/** Parses and solves a question, keeping both. */
export function examineGraphQuestion(question: string): Examined<SolvedGraph> {
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
    solved: { problem, solution },
  };
}

function invalid(
  { rule, reason }: { readonly rule: GraphRule; readonly reason: string },
  kind: string | undefined,
): Extract<Examined<SolvedGraph>, { valid: false }> {
  return { valid: false, rule, reason, ...(kind === undefined ? {} : { kind }) };
}
