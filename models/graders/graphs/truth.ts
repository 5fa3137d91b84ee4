import { writeAnswer } from "./answer.js";
import type { GraphProblem } from "./problem.js";
import type { Solution } from "./solve.js";

/** One correct answer to a problem as a test taker would write it; the length alone where only that is wanted. */
export function writeTruth(problem: GraphProblem, solution: Solution): string {
  if (solution.kind === "path" && problem.wants === "length") return String(solution.length);
  return writeAnswer(solution);
}
