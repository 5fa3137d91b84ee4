import { describe, expect, it } from "vitest";
import { arithmeticGrader } from "../../../../models/graders/arithmetic/grader.js";

const grader = arithmeticGrader();

/** Answers worked out by hand. */
describe("the answer to", () => {
  it.each([
    // 12 + 7 = 19, - 3 = 16, + 2 = 18
    ["change", 3, "18", "Ann has 12 apples, buys 7, eats 3 and finds 2. How many has Ann?"],
    ["change", 1, "0", "Ida has 9 eggs and loses 9. How many has Ida?"],
    ["change", 1, "99", "Ben has 98 plums and picks 1. How many has Ben?"],
    // 40 - 8 = 32, - 5 = 27
    ["change", 2, "27", "A bag holds 40 figs. Cem takes 8 and takes 5. How many are in it?"],
    ["change", 1, "48", "A bag holds 40 figs. Cem adds 8. How many are in it?"],
    // Ben: 9 + 3 = 12, then - 2 = 10; what Cem gives Ann does not matter
    [
      "giving",
      2,
      "10",
      "Friends have nuts: Ann 12, Ben 9 and Cem 15. Ann gives Ben 3. Cem gives Ann 4. Ben gives Cem 2. How many has Ben?",
    ],
    ["giving", 1, "0", "Coins: Eva 5 and Fay 7. Eva pays Fay 5. How much has Eva?"],
    // Eva has 5 + 7 = 12 before she pays 12
    ["giving", 2, "0", "Coins: Eva 5 and Fay 7. Fay pays Eva 7. Eva pays Fay 12. How much has Eva?"],
    // 5 + 24 / 4 + 18 / 3 + 35 / 7 = 5 + 6 + 6 + 5
    [
      "sharing",
      3,
      "22",
      "Ann keeps 5 apples, is one of 4 who share 24, one of 3 who share 18 and one of 7 who share 35. How many has Ann?",
    ],
    ["sharing", 1, "14", "Gus keeps 2 buns and is one of 8 who share 96. How many has Gus?"],
    ["sharing", 1, "12", "Ida takes 3 limes and a share of 54 among 6. How many does Ida take?"],
    // 3 + 54 / 6 + 10 / 5
    ["sharing", 2, "14", "Ida takes 3 limes, a share of 54 among 6 and a share of 10 among 5. How many does Ida take?"],
    // Ben 5 + 3 = 8, Cem 16, Dan 16 - 4 = 12
    [
      "comparison",
      3,
      "12",
      "Ann has 5 pears. Ben has 3 more than Ann. Cem has twice as many as Ben. Dan has 4 fewer than Cem. How many has Dan?",
    ],
    // Dan's way is Ann 20, Cem 18, Dan 36; Ben stands beside it
    [
      "comparison",
      2,
      "36",
      "Ann is 20. Ben is 9 older than Ann. Cem is 2 younger than Ann. Dan is twice as old as Cem. How old is Dan?",
    ],
    // 5 + 8 + 16
    [
      "total",
      2,
      "29",
      "Ann has 5 pears. Ben has 3 more than Ann. Cem has twice as many as Ben. How many have they together?",
    ],
    // 20 + 29 + 18 + 29
    [
      "total",
      3,
      "96",
      "Ann is 20. Ben is 9 older than Ann. Cem is 2 younger than Ann. Dan is 9 older than Ann. How old are they together?",
    ],
    // 4 x 3 + 2 x 2
    ["price", 2, "16", "Prices: apples 3, pears 5 and nuts 2. Ann buys 4 apples and 2 nuts. What does Ann pay?"],
    ["price", 1, "81", "Prices: figs 9. Ann buys 9 figs. What does Ann pay?"],
    // 2 x 5 + 3 x 3 + 5 x 2
    ["price", 3, "29", "In a shop apples cost 3, pears 5 and nuts 2. What do 2 pears, 3 apples and 5 nuts cost?"],
    // 12 + 7 + 4 = 23 = 4 x 5 + 3
    ["leftover", 3, "3", "Ann picks 12, 7 and 4 apples and fills bags of 5. How many are left over?"],
    ["leftover", 1, "4", "Ann picks 4 apples and fills bags of 5. How many are left over?"],
    // 12 + 9 = 21 = 3 x 7
    ["leftover", 2, "0", "Put 12 and 9 nuts together. Take away 7 at a time. How many remain?"],
  ])("a question of the task %s with %i steps is %s: %s", (kind, size, truth, question) => {
    expect(grader.examine(question)).toMatchObject({ valid: true, kind, size, truth });
    expect(grader.isCorrect(question, truth)).toBe(true);
  });
});
