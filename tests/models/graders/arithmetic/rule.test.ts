import { describe, expect, it } from "vitest";
import { arithmeticGrader } from "../../../../models/graders/arithmetic/grader.js";

const grader = arithmeticGrader();
const CHAIN = "Ann has 5 pears. Ben has 3 more than Ann.";

describe("the rule that an invalid question breaks", () => {
  it.each([
    ["empty", undefined, " "],
    ["too long", undefined, "A".repeat(2001)],
    ["unknown opening", undefined, "What is love?"],
    ["unknown opening", undefined, "ann has 12 apples and buys 7. How many has ann?"],
    ["unknown opening", undefined, "Well: Ann has 12 apples and buys 7. How many has Ann?"],
    ["unknown ending", "change", "Ann has 12 apples and buys 7. How old is Ann?"],
    ["unknown ending", "change", "A bag holds 12 apples. Ann adds 7. How many has Ann?"],
    ["unknown ending", "giving", "Coins: Ann 12 and Ben 9. Ann pays Ben 3. How many has Ben?"],
    ["unknown ending", "total", "Ann is 5. Ben is 3 older than Ann. How many have they together?"],
    ["unknown ending", "sharing", "Ann keeps 5 apples and is one of 4 who share 24. How many does Ann take?"],
    ["unknown ending", "leftover", "Put 12 nuts together. Take away 7 at a time. How many"],
    ["text after the question", "comparison", `${CHAIN} How many has Ben? 8`],
    ["text after the question", "change", "A bag holds 12 apples. Ann adds 7. How many are in it? Many."],
    ["malformed sentence", "change", "Ann has 12 apples, buys 7, eats 3. How many has Ann?"],
    ["malformed sentence", "change", "Ann has 12 apples and buys 7 and eats 3. How many has Ann?"],
    ["malformed sentence", "change", "Ann has 12 apples and buys  7. How many has Ann?"],
    ["malformed sentence", "giving", "Friends have figs: Ann 12 and Ben 9. Ann pays Ben 3. How many has Ben?"],
    ["malformed sentence", "comparison", "Ann has 5 pears. Ben has 3 older than Ann. How many has Ben?"],
    ["malformed sentence", "comparison", "Ann is 5. Ben is twice as many as Ann. How old is Ben?"],
    [
      "malformed sentence",
      "sharing",
      "Ann keeps 5 apples, is one of 4 who share 24 and is one of 3 who share 18. How many has Ann?",
    ],
    ["malformed sentence", "price", "In a shop figs cost 3 and nuts cost 2. What do 4 figs cost?"],
    ["number out of range", "change", "Ann has 100 apples and buys 7. How many has Ann?"],
    ["number out of range", "change", "Ann has 12 apples and buys 0. How many has Ann?"],
    ["number out of range", "change", "Ann has 12 apples and buys 07. How many has Ann?"],
    ["malformed sentence", "change", "Ann has 12 apples and buys some. How many has Ann?"],
    ["number out of range", "change", "Ann has 1 apples and buys 7. How many has Ann?"],
    ["number out of range", "sharing", "Ann keeps 5 apples and is one of 1 who share 24. How many has Ann?"],
    ["number out of range", "leftover", "Put 12 nuts together. Take away 1 at a time. How many remain?"],
    ["unknown name", "change", "Zoe has 12 apples and buys 7. How many has Zoe?"],
    ["unknown thing", "change", "Ann has 12 books and buys 7. How many has Ann?"],
    ["unknown verb", "change", "Ann has 12 apples and paints 7. How many has Ann?"],
    ["unknown verb", "change", "A bag holds 12 apples. Ann eats 7. How many are in it?"],
    ["person told twice", "giving", "Coins: Ann 12 and Ann 9. Ann pays Ben 3. How much has Ann?"],
    ["person told twice", "comparison", `${CHAIN} Ben has 2 more than Ann. How many has Ben?`],
    ["person not told", "giving", "Coins: Ann 12 and Ben 9. Ann pays Cem 3. How much has Ann?"],
    ["person not told", "giving", "Coins: Ann 12 and Ben 9. Ann pays Ben 3. How much has Cem?"],
    ["person not told", "comparison", "Ann has 5 pears. Ben has 3 more than Cem. How many has Ben?"],
    ["person not told", "comparison", "Ann has 5 pears. Ben has 3 more than Ben. How many has Ben?"],
    ["person not told", "comparison", `${CHAIN} How many has Cem?`],
    ["another person asked", "change", "Ann has 12 apples and buys 7. How many has Ben?"],
    ["another person asked", "sharing", "Ann takes 5 apples and a share of 24 among 4. How many does Ben take?"],
    ["another person asked", "price", "Prices: figs 3. Ann buys 4 figs. What does Ben pay?"],
    ["gift to oneself", "giving", "Coins: Ann 12 and Ben 9. Ann pays Ann 3. How much has Ann?"],
    ["thing told twice", "price", "Prices: figs 3 and figs 4. Ann buys 4 figs. What does Ann pay?"],
    ["thing told twice", "price", "In a shop figs cost 3. What do 4 figs and 2 figs cost?"],
    ["thing without price", "price", "In a shop figs cost 3. What do 4 nuts cost?"],
    ["uneven share", "sharing", "Ann keeps 5 apples and is one of 5 who share 24. How many has Ann?"],
    ["uneven share", "sharing", "Ann takes 5 apples and a share of 3 among 9. How many does Ann take?"],
    ["more than there is", "change", "Ann has 12 apples, eats 9, sells 4 and buys 30. How many has Ann?"],
    [
      "more than there is",
      "giving",
      "Coins: Ann 12, Ben 9 and Cem 3. Cem pays Ben 4. Ann pays Ben 1. How much has Ann?",
    ],
    [
      "more than there is",
      "comparison",
      "Ann is 5. Ben is 6 younger than Ann. Cem is 1 older than Ann. How old is Cem?",
    ],
    ["beyond 99", "change", "Ann has 95 apples, buys 9 and eats 9. How many has Ann?"],
    ["beyond 99", "giving", "Coins: Ann 95 and Ben 9. Ben pays Ann 5. How much has Ben?"],
    ["beyond 99", "comparison", "Ann is 50. Ben is twice as old as Ann. How old is Ben?"],
    ["beyond 99", "total", "Ann is 50. Ben is 3 younger than Ann. Cem is 3 older than Ben. How old are they together?"],
    [
      "beyond 99",
      "sharing",
      "Ann takes 5 apples, a share of 98 among 2 and a share of 98 among 2. How many does Ann take?",
    ],
    ["beyond 99", "price", "In a shop figs cost 50. What do 2 figs cost?"],
    ["beyond 99", "leftover", "Put 50 and 50 nuts together. Take away 7 at a time. How many remain?"],
    ["nothing to work out", "comparison", "Ann has 12 apples. How many has Ann?"],
    ["nothing to work out", "comparison", `${CHAIN} How many has Ann?`],
    ["nothing to work out", "total", "Ann is 12. How old are they together?"],
    ["nothing to work out", "giving", "Coins: Ann 12, Ben 9 and Cem 3. Ann pays Ben 4. How much has Cem?"],
  ])("is %s (%s): %j", (rule, kind, question) => {
    const examined = grader.examine(question);
    expect(examined).toEqual({
      valid: false,
      rule,
      reason: expect.any(String) as string,
      ...(kind === undefined ? {} : { kind }),
    });
  });

  it("is the same for other people, while the reason names them", () => {
    const [one, other] = ["Cem", "Dan"].map((name) =>
      grader.examine(`Coins: Ann 12 and Ben 9. Ann pays ${name} 3. How much has Ann?`),
    );
    expect(one).toMatchObject({ rule: "person not told", reason: expect.stringContaining("Cem") as string });
    expect(other).toMatchObject({ rule: "person not told", reason: expect.stringContaining("Dan") as string });
  });
});
