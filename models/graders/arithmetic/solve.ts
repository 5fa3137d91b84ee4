import {
  type ArithmeticProblem,
  type ComparisonProblem,
  type GivingProblem,
  LARGEST_NUMBER,
  type TotalProblem,
} from "./problem.js";
import type { ArithmeticRule } from "./rule.js";

export interface Solution {
  readonly answer: number;
  /** How many steps the answer depends on: {@link solve} says what a step is. */
  readonly size: number;
}

/** Why a well-formed problem has no answer; thrown by {@link solve}. */
export class UnsolvableProblem extends Error {
  override readonly name = "UnsolvableProblem";
  readonly code = "UNSOLVABLE_PROBLEM";

  constructor(
    readonly rule: ArithmeticRule,
    reason: string,
  ) {
    super(reason);
  }
}

/**
 * Solves a problem exactly. Every amount, also of people and on the way who do not matter to the answer, must be 0 to 99.
 *
 * | task | size: number of |
 * |---|---|
 * | change | changes |
 * | giving | gifts from or to the person asked about |
 * | sharing | shares |
 * | comparison | comparisons from the first person to the one asked about |
 * | total | comparisons |
 * | price | things in the basket |
 * | leftover | amounts put together |
 *
 * @throws UnsolvableProblem where an amount is out of range, a share is not whole, or the answer stands in the question
 */
export function solve(problem: ArithmeticProblem): Solution {
  switch (problem.task) {
    case "change":
      return {
        answer: problem.changes.reduce((amount, change) => within(amount + change), problem.start),
        size: problem.changes.length,
      };
    case "giving":
      return solveGiving(problem);
    case "sharing":
      return { answer: sum([problem.own, ...problem.shares.map(wholeShare)]), size: problem.shares.length };
    case "comparison":
      return solveComparison(problem);
    case "total":
      if (problem.comparisons.length === 0) throw nothingToWorkOut();
      return { answer: sum(amounts(problem)), size: problem.comparisons.length };
    case "price":
      return {
        answer: sum(problem.basket.map(({ thing, count }) => (problem.prices[thing] as number) * count)),
        size: problem.basket.length,
      };
    case "leftover":
      return { answer: sum(problem.parts) % problem.bag, size: problem.parts.length };
  }
}

function solveGiving({ starts, gifts, asked }: GivingProblem): Solution {
  const amounts = [...starts];
  for (const { from, to, amount } of gifts) {
    amounts[from] = within((amounts[from] as number) - amount);
    amounts[to] = within((amounts[to] as number) + amount);
  }
  const size = gifts.filter(({ from, to }) => from === asked || to === asked).length;
  if (size === 0) throw nothingToWorkOut();
  return { answer: amounts[asked] as number, size };
}

function solveComparison(problem: ComparisonProblem): Solution {
  const answer = amounts(problem)[problem.asked] as number;
  let size = 0;
  for (let person = problem.asked; person > 0; person = problem.comparisons[person - 1]?.with ?? 0) size++;
  if (size === 0) throw nothingToWorkOut();
  return { answer, size };
}

/** What each of the compared people has. */
function amounts({ start, comparisons }: ComparisonProblem | TotalProblem): number[] {
  const known = [start];
  for (const { with: other, by } of comparisons) {
    const amount = known[other] as number;
    known.push(within(by === "twice" ? 2 * amount : amount + by));
  }
  return known;
}

function wholeShare({ amount, among }: { readonly amount: number; readonly among: number }): number {
  if (amount % among !== 0)
    throw new UnsolvableProblem("uneven share", `${amount} cannot be shared equally among ${among}`);
  return amount / among;
}

function sum(values: readonly number[]): number {
  return within(values.reduce((total, value) => total + value, 0));
}

function within(amount: number): number {
  if (amount < 0)
    throw new UnsolvableProblem("more than there is", `an amount falls to ${amount}: less than nothing is left`);
  if (amount > LARGEST_NUMBER)
    throw new UnsolvableProblem("beyond 99", `an amount grows to ${amount}; at most ${LARGEST_NUMBER} is allowed`);
  return amount;
}

function nothingToWorkOut(): UnsolvableProblem {
  return new UnsolvableProblem("nothing to work out", "what is asked for stands in the question");
}
