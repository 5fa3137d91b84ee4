import type { ListProblem } from "./problem.js";
import { writeStep } from "./step.js";

/**
 * A text that is equal for problems that ask the same thing in another phrasing. Items and their order matter: they are what is
 * asked about, and with letters renamed all lists of five different letters would be one.
 */
export function canonicalForm(problem: ListProblem): string {
  return [problem.task, problem.items.join(" "), ...details(problem)].join("\n");
}

function details(problem: ListProblem): readonly string[] {
  switch (problem.task) {
    case "rotate":
      return [String(problem.count)];
    case "filter":
      return [String(problem.bound)];
    case "count":
      return [problem.item];
    case "two-steps":
    case "three-steps":
      return problem.steps.map(writeStep);
    default:
      return [];
  }
}
