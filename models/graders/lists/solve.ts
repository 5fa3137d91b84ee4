import type { Items, ListProblem } from "./problem.js";
import { MalformedQuestion } from "./rule.js";
import { applyStep, rotate } from "./step.js";

/** What is true of a problem: there is one answer. */
export type Solution =
  { readonly kind: "list"; readonly items: Items } | { readonly kind: "number"; readonly value: number };

/**
 * Solves a problem.
 *
 * @throws MalformedQuestion where it asks for what cannot be done or leaves nothing
 */
export function solve(problem: ListProblem): Solution {
  const { items } = problem;
  switch (problem.task) {
    case "reverse":
      return list(items.toReversed());
    case "rotate":
      return list(rotate(items, problem.count, "front"));
    case "sort":
      return list(items.toSorted((one, other) => Number(one) - Number(other)));
    case "filter": {
      const kept = items.filter((item) => Number(item) > problem.bound);
      if (kept.length === 0)
        throw new MalformedQuestion("nothing left", `no number of the list is above ${problem.bound}`);
      return list(kept);
    }
    case "distinct":
      return list([...new Set(items)]);
    case "count": {
      const value = items.filter((item) => item === problem.item).length;
      if (value === 0) throw new MalformedQuestion("item missing", `the asked item ${problem.item} is not in the list`);
      return { kind: "number", value };
    }
    case "two-steps":
    case "three-steps":
      return list(problem.steps.reduce(applyStep, items));
  }
}

/** Writes a solution as the short answer that the embedded model learns: `B A F C`, `17 40`, `3`. */
export function writeAnswer(solution: Solution): string {
  return solution.kind === "number" ? String(solution.value) : solution.items.join(" ");
}

function list(items: Items): Solution {
  return { kind: "list", items };
}
