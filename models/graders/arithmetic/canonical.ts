import type { ArithmeticProblem, Comparison, TotalProblem } from "./problem.js";
import { comparisonPath } from "./solve.js";

/**
 * A text that is equal for problems that ask the same thing: in other words, with other people and things, with people, gifts or
 * prices beside them that do not matter, and, where amounts stand side by side, in another order. What happens one after the
 * other keeps its order.
 */
export function canonicalForm(problem: ArithmeticProblem): string {
  return [problem.task, ...terms(problem)].join(" ");
}

function terms(problem: ArithmeticProblem): readonly (string | number)[] {
  switch (problem.task) {
    case "change":
      return [problem.start, ...problem.changes.map(difference)];
    case "giving": {
      const { starts, gifts, asked } = problem;
      const changes = gifts.flatMap(({ from, to, amount }) =>
        from === asked ? [-amount] : to === asked ? [amount] : [],
      );
      return [starts[asked] as number, ...changes.map(difference)];
    }
    case "sharing":
      return problem.shares.map(({ amount, among }) => `${amount}/${among}`).sort();
    case "comparison": {
      const path = comparisonPath(problem).map((person) => problem.comparisons[person - 1] as Comparison);
      return [problem.start, ...path.map(({ by }) => difference(by))];
    }
    case "total":
      return [`${problem.start}${comparedWith(problem, 0)}`];
    case "price":
      return problem.basket.map(({ thing, count }) => `${count}*${problem.prices[thing]}`).sort();
    case "leftover":
      return [...problem.parts.toSorted((one, other) => one - other), `%${problem.bag}`];
  }
}

/** Everybody who is compared with a person, each with those compared with them in turn, in an order that their words do not tell. */
function comparedWith(problem: TotalProblem, person: number): string {
  const branches = problem.comparisons
    .map((comparison, index) => ({ ...comparison, person: index + 1 }))
    .filter((comparison) => comparison.with === person)
    .map((comparison) => `${difference(comparison.by)}${comparedWith(problem, comparison.person)}`)
    .sort();
  return branches.length === 0 ? "" : `(${branches.join(" ")})`;
}

function difference(by: Comparison["by"]): string {
  if (by === "twice") return "*2";
  return by < 0 ? String(by) : `+${by}`;
}
