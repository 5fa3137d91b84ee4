import { type Examined, ExactGrader } from "../exact-grader.js";
import { canonicalForm } from "./canonical.js";
import { gradeAnswer } from "./grade-answer.js";
import { parseParts, parseSentence } from "./parse.js";
import type { ListProblem, ListTask } from "./problem.js";
import { MalformedQuestion } from "./rule.js";
import { solve, type Solution, writeAnswer } from "./solve.js";

interface SolvedList {
  readonly problem: ListProblem;
  readonly solution: Solution;
}

/** Exact ground truth for the eight list tasks in the phrasings of `phrasing.ts`. */
export function listGrader(): ExactGrader<SolvedList> {
  return new ExactGrader({
    name: "lists",
    description: "list problems",
    examine: examineListQuestion,
    check: ({ problem, solution }, response) => gradeAnswer(problem, solution, response),
  });
}

/** Parses and solves a question, keeping both. */
export function examineListQuestion(question: string): Examined<SolvedList> {
  let kind: ListTask | undefined;
  try {
    const sentence = parseSentence(question);
    // Of a program the task is known once its steps are.
    if (sentence.parts.steps === undefined) kind = sentence.task;
    const problem = parseParts(sentence);
    kind = problem.task;
    const solution = solve(problem);
    return {
      valid: true,
      kind,
      size: problem.items.length,
      truth: writeAnswer(solution),
      canonical: canonicalForm(problem),
      solved: { problem, solution },
    };
  } catch (error) {
    if (!(error instanceof MalformedQuestion)) throw error;
    return { valid: false, rule: error.rule, reason: error.message, ...(kind === undefined ? {} : { kind }) };
  }
}
