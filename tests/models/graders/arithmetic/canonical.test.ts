import { describe, expect, it } from "vitest";
import { canonicalForm } from "../../../../models/graders/arithmetic/canonical.js";
import { arithmeticGrader } from "../../../../models/graders/arithmetic/grader.js";
import { parseQuestion } from "../../../../models/graders/arithmetic/parse.js";
import { ARITHMETIC_TASKS } from "../../../../models/graders/arithmetic/problem.js";
import { tell } from "../../../../models/graders/arithmetic/tell.js";
import { writeProblem } from "../../../../models/graders/arithmetic/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

const grader = arithmeticGrader();

function canonical(question: string): string {
  const examined = grader.examine(question);
  if (!examined.valid) throw new Error(examined.reason);
  return examined.canonical;
}

describe("the canonical form", () => {
  it.each(ARITHMETIC_TASKS)("is the same in another wording, with other people and things: %s", (task) => {
    for (let iteration = 0; iteration < 50; iteration++) {
      const random = new RandomStream({ seed: 2, purpose: `canonical ${task}`, iteration });
      const problem = writeProblem(task, random.integer(1, 6), random);
      for (const phrasing of [0, 1] as const) {
        const parsed = parseQuestion(tell(problem, phrasing, random));
        expect(parsed.ok && canonicalForm(parsed.told.problem)).toBe(canonicalForm(problem));
      }
    }
  });

  it.each([
    [
      "another verb",
      "Ann has 12 apples, buys 7 and eats 3. How many has Ann?",
      "Ben has 12 figs, picks 7 and loses 3. How many has Ben?",
    ],
    [
      "friends told in another order",
      "Coins: Ann 12, Ben 9, Cem 4 and Dan 5. Ann pays Ben 3. Cem pays Ann 1. How much has Ben?",
      "Friends have nuts: Dan 5, Eva 4, Ben 9 and Ann 12. Ann gives Ben 3. Eva gives Ann 1. How many has Ben?",
    ],
    [
      "compared people told in another order",
      "Ann is 5. Ben is 3 older than Ann. Cem is 4 older than Ben. Dan is twice as old as Ann. How old are they together?",
      "Ann is 5. Dan is twice as old as Ann. Ben is 3 older than Ann. Cem is 4 older than Ben. How old are they together?",
    ],
    [
      "shares in another order",
      "Ann takes 5 nuts, a share of 24 among 4 and a share of 18 among 3. How many does Ann take?",
      "Ann keeps 5 nuts, is one of 3 who share 18 and one of 4 who share 24. How many has Ann?",
    ],
    [
      "prices in another order",
      "Prices: figs 3, nuts 2 and buns 9. Ann buys 4 figs and 2 nuts. What does Ann pay?",
      "Prices: nuts 9, limes 2 and figs 3. Ann buys 2 limes and 4 figs. What does Ann pay?",
    ],
    [
      "amounts in another order",
      "Put 12 and 7 nuts together. Take away 5 at a time. How many remain?",
      "Put 7 and 12 nuts together. Take away 5 at a time. How many remain?",
    ],
  ])("is the same with %s", (_what, one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  it.each([
    [
      "a loss for a gain",
      "Ann has 12 apples and buys 7. How many has Ann?",
      "Ann has 12 apples and eats 7. How many has Ann?",
    ],
    [
      "another order of what happens",
      "Ann has 12 apples, buys 7 and eats 3. How many has Ann?",
      "Ann has 12 apples, eats 3 and buys 7. How many has Ann?",
    ],
    [
      "another person asked about",
      "Coins: Ann 12 and Ben 9. Ann pays Ben 3. How much has Ben?",
      "Coins: Ann 12 and Ben 9. Ann pays Ben 3. How much has Ann?",
    ],
    [
      "twice for as many more",
      "Ann is 5. Ben is 5 older than Ann. How old is Ben?",
      "Ann is 5. Ben is twice as old as Ann. How old is Ben?",
    ],
    [
      "all for one",
      "Ann is 5. Ben is 3 older than Ann. How old is Ben?",
      "Ann is 5. Ben is 3 older than Ann. How old are they together?",
    ],
    [
      "a comparison with somebody else",
      "Ann is 5. Ben is 3 older than Ann. Cem is 4 older than Ben. How old are they together?",
      "Ann is 5. Ben is 3 older than Ann. Cem is 4 older than Ann. How old are they together?",
    ],
    [
      "the same quotient of other numbers",
      "Ann takes 5 nuts and a share of 24 among 4. How many does Ann take?",
      "Ann takes 5 nuts and a share of 18 among 3. How many does Ann take?",
    ],
    ["another count", "In a shop figs cost 3. What do 4 figs cost?", "In a shop figs cost 3. What do 5 figs cost?"],
    [
      "another start of somebody beside it",
      "Coins: Ann 12 and Ben 9. Ann pays Ben 3. How much has Ben?",
      "Coins: Ann 13 and Ben 9. Ann pays Ben 3. How much has Ben?",
    ],
    [
      "another of two people",
      "Ann is 5. Ben is 3 older than Ann. Cem is 4 older than Ann. How old is Ben?",
      "Ann is 5. Ben is 3 older than Ann. Cem is 4 older than Ann. How old is Cem?",
    ],
    [
      "another price that nobody pays",
      "In a shop figs cost 3 and nuts 2. What do 4 figs cost?",
      "In a shop figs cost 3 and nuts 5. What do 4 figs cost?",
    ],
    [
      "another bag",
      "Put 12 nuts together. Take away 5 at a time. How many remain?",
      "Put 12 nuts together. Take away 10 at a time. How many remain?",
    ],
  ])("differs for %s", (_what, one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});
