import { type Examined, ExactGrader } from "../exact-grader.js";
import { canonicalForm } from "./canonical.js";
import { gradeAnswer } from "./grade-answer.js";
import { parseQuestion } from "./parse.js";
import type { ToldProblem } from "./parse-result.js";
import { solve, UnsolvableProblem } from "./solve.js";

interface SolvedProblem {
  readonly told: ToldProblem;
  readonly answer: number;
}

/** Exact ground truth for the seven tasks of word problems, in every phrasing that `parseQuestion` reads. */
export function arithmeticGrader(): ExactGrader<SolvedProblem> {
  return new ExactGrader({
    name: "arithmetic",
    description: "arithmetic word problems",
    examine: examineArithmeticQuestion,
    check: ({ told, answer }, response) => gradeAnswer(told, answer, response),
  });
}

/** Parses and solves a question, keeping both. */
export function examineArithmeticQuestion(question: string): Examined<SolvedProblem> {
  const parsed = parseQuestion(question);
  if (!parsed.ok) {
    const { rule, reason, task } = parsed;
    return { valid: false, rule, reason, ...(task === undefined ? {} : { kind: task }) };
  }
  const { told } = parsed;
  const kind = told.problem.task;
  try {
    const { answer, size } = solve(told.problem);
    const canonical = canonicalForm(told.problem);
    return { valid: true, kind, size, truth: String(answer), canonical, solved: { told, answer } };
  } catch (error) {
    if (!(error instanceof UnsolvableProblem)) throw error;
    return { valid: false, rule: error.rule, reason: error.message, kind };
  }
}
