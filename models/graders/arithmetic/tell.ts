import type { RandomStream } from "../../../swarm/random.js";
import type { ArithmeticProblem, ComparisonProblem, TotalProblem } from "./problem.js";
import { COMPARED_AGES, COMPARED_THINGS } from "./read-comparisons.js";
import { GAINS, LOSSES, NAMES, THINGS } from "./words.js";

/** Every task can be told in two ways. */
export type PhrasingIndex = 0 | 1;

/**
 * Tells a problem of at most 8 people and things in words; the thing that people have and the verbs are drawn. `parseQuestion` reads
 * the same problem back.
 *
 * People are named in one order, as are the things on a price list: whoever is told of first is Ann, then comes Ben. So a language
 * model need not remember who was drawn in order to ask about somebody whom it told of, which small ones do not learn.
 */
export function tell(problem: ArithmeticProblem, phrasing: PhrasingIndex, random: RandomStream): string {
  const name = NAMES[0];
  const thing = random.choice(THINGS);
  switch (problem.task) {
    case "change": {
      const { start, changes } = problem;
      const told = (gains: readonly string[], losses: readonly string[]): string[] =>
        changes.map((change) => `${random.choice(change > 0 ? gains : losses)} ${Math.abs(change)}`);
      return phrasing === 0
        ? `${list([`${name} has ${start} ${thing}`, ...told(GAINS, LOSSES)])}. How many has ${name}?`
        : `A bag holds ${start} ${thing}. ${name} ${list(told(["adds"], ["takes"]))}. How many are in it?`;
    }
    case "giving": {
      const { starts, gifts, asked } = problem;
      const opening = phrasing === 0 ? `Friends have ${thing}` : "Coins";
      const verb = phrasing === 0 ? "gives" : "pays";
      const had = list(starts.map((start, person) => `${NAMES[person]} ${start}`));
      const given = gifts.map(({ from, to, amount }) => `${NAMES[from]} ${verb} ${NAMES[to]} ${amount}. `).join("");
      return `${opening}: ${had}. ${given}How ${phrasing === 0 ? "many" : "much"} has ${NAMES[asked]}?`;
    }
    case "sharing": {
      const { own, shares } = problem;
      const told = shares.map(({ amount, among }, index) =>
        phrasing === 0
          ? `${index === 0 ? "is " : ""}one of ${among} who share ${amount}`
          : `a share of ${amount} among ${among}`,
      );
      return phrasing === 0
        ? `${list([`${name} keeps ${own} ${thing}`, ...told])}. How many has ${name}?`
        : `${list([`${name} takes ${own} ${thing}`, ...told])}. How many does ${name} take?`;
    }
    case "comparison":
    case "total":
      return tellCompared(problem, { phrasing, thing });
    case "price": {
      const cost = (verb: string): string =>
        list(problem.prices.map((price, index) => `${THINGS[index]}${index === 0 ? verb : ""} ${price}`));
      const basket = list(problem.basket.map((bought) => `${bought.count} ${THINGS[bought.thing]}`));
      return phrasing === 0
        ? `Prices: ${cost("")}. ${name} buys ${basket}. What does ${name} pay?`
        : `In a shop ${cost(" cost")}. What do ${basket} cost?`;
    }
    case "leftover": {
      const parts = `${list(problem.parts.map(String))} ${thing}`;
      return phrasing === 0
        ? `${name} picks ${parts} and fills bags of ${problem.bag}. How many are left over?`
        : `Put ${parts} together. Take away ${problem.bag} at a time. How many remain?`;
    }
  }
}

function tellCompared(
  problem: ComparisonProblem | TotalProblem,
  { phrasing, thing }: { readonly phrasing: PhrasingIndex; readonly thing: string },
): string {
  const words = phrasing === 0 ? COMPARED_THINGS : COMPARED_AGES;
  const first = `${NAMES[0]}${words.verb}${problem.start}${phrasing === 0 ? ` ${thing}` : ""}. `;
  const others = problem.comparisons.map(({ with: other, by }, index) => {
    const difference = by === "twice" ? words.twice : `${Math.abs(by)}${by > 0 ? words.more : words.fewer}`;
    return `${NAMES[index + 1]}${words.verb}${difference}${NAMES[other]}. `;
  });
  const asked = problem.task === "total" ? words.askAll : `${words.askOne}${NAMES[problem.asked]}?`;
  return `${first}${others.join("")}How ${asked}`;
}

/** `a`, `a and b`, `a, b and c`. */
function list(items: readonly string[]): string {
  return items.length === 1 ? String(items[0]) : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
