import type { ArithmeticProblem, Comparison, ComparisonProblem, GivingProblem, TotalProblem } from "./problem.js";

/**
 * A text that is equal for problems that ask the same thing: in other words, with other people and things, and with people,
 * prices and amounts that stand side by side in another order. What happens one after the other keeps its order. People and
 * prices that do not matter to the answer belong to the problem.
 */
export function canonicalForm(problem: ArithmeticProblem): string {
  return [problem.task, ...terms(problem)].join(" ");
}

function terms(problem: ArithmeticProblem): readonly (string | number)[] {
  switch (problem.task) {
    case "change":
      return [problem.start, ...problem.changes.map(difference)];
    case "giving":
      return givingTerms(problem);
    case "sharing":
      return [problem.own, ...problem.shares.map(({ amount, among }) => `${amount}/${among}`).sort()];
    case "comparison":
    case "total":
      return [problem.start, comparedWith(problem, 0)];
    case "price": {
      const counts = new Map(problem.basket.map(({ thing, count }) => [thing, count]));
      return problem.prices.map((price, thing) => `${counts.get(thing) ?? 0}*${price}`).sort();
    }
    case "leftover":
      return [...problem.parts.toSorted((one, other) => one - other), `%${problem.bag}`];
  }
}

/** People are numbered anew: the one asked about, then as they give and are given to; the others only by what they have. */
function givingTerms({ starts, gifts, asked }: GivingProblem): (string | number)[] {
  const people = [...new Set([asked, ...gifts.flatMap(({ from, to }) => [from, to])])];
  const idle = starts.filter((_, person) => !people.includes(person)).sort((one, other) => one - other);
  return [
    ...people.map((person) => starts[person] as number),
    ...gifts.map(({ from, to, amount }) => `${people.indexOf(from)}>${people.indexOf(to)}:${amount}`),
    ...idle,
  ];
}

/** The question mark of who is asked about, then everybody compared with them, each in turn, in an order free of the words'. */
function comparedWith(problem: ComparisonProblem | TotalProblem, person: number): string {
  const branches = problem.comparisons
    .map((comparison, index) => ({ ...comparison, person: index + 1 }))
    .filter((comparison) => comparison.with === person)
    .map((comparison) => `${difference(comparison.by)}${comparedWith(problem, comparison.person)}`)
    .sort();
  const asked = problem.task === "comparison" && problem.asked === person ? "?" : "";
  return branches.length === 0 ? asked : `${asked}(${branches.join(" ")})`;
}

function difference(by: Comparison["by"]): string {
  if (by === "twice") return "*2";
  return by < 0 ? String(by) : `+${by}`;
}
