import { describe, expect, it } from "vitest";
import { arithmeticGrader } from "../../../../models/graders/arithmetic/grader.js";

const grader = arithmeticGrader();
const CHANGE = "Ann has 12 apples, buys 7 and eats 2. How many has Ann?"; // 17
const GIVING = "Friends have nuts: Ann 12 and Ben 9. Ann gives Ben 3. How many has Ben?"; // 12
const SHARING = "Ann takes 5 apples and a share of 24 among 4. How many does Ann take?"; // 11
const AGES = "Ann is 5. Ben is 3 older than Ann. How old is Ben?"; // 8
const TOTAL = "Ann has 5 pears. Ben has 3 more than Ann. How many have they together?"; // 13
const PRICE = "Prices: figs 3. Ann buys 4 figs. What does Ann pay?"; // 12
const LEFTOVER = "Ann picks 23 apples and fills bags of 11. How many are left over?"; // 1

describe("a right reply", () => {
  it.each([
    [
      CHANGE,
      [
        "17",
        " 17",
        "17.",
        "**17**",
        "17 apples",
        "17 apples.",
        "Ann has 17.",
        "Ann has 17 apples.",
        "Ann now has 17 apples",
        "So Ann has 17 apples left.",
        "She has 17 apples",
        "The answer is 17.",
        "The number of apples is 17",
        "Answer: 17",
        "The total is: 17",
        "Total = 17",
        "17\n12 + 7 = 19 and 19 - 2 = 17",
      ],
    ],
    [GIVING, ["12", "Ben has 12 nuts."]],
    [SHARING, ["11", "Ann takes 11 apples.", "Ann gets 11 apples"]],
    [AGES, ["8", "8 years", "8 years old", "Ben is 8.", "Ben is 8 years old."]],
    [
      TOTAL,
      ["13", "They have 13 pears together.", "Together they have 13", "13 in total", "There are 13 pears in total."],
    ],
    [PRICE, ["12", "Ann pays 12.", "The price is 12", "It costs 12"]],
    [LEFTOVER, ["1", "1 apple", "1 apples left over", "There is 1 left."]],
  ])("to %s", (question, replies) => {
    for (const reply of replies) expect(grader.isCorrect(question, reply), reply).toBe(true);
  });
});

describe("a wrong or unclear reply", () => {
  it.each([
    [
      CHANGE,
      [
        "",
        " ",
        "16",
        "18",
        "19",
        "1",
        "7",
        "170",
        "017",
        "-17",
        "17.0",
        "17.5",
        "17%",
        "17 17",
        "17 or 18",
        "1 7",
        "seventeen",
        "17?",
        "17 pears",
        "17 applesauce",
        "Ben has 17 apples.",
        "Ann has 17 pears.",
        "not 17",
        "The answer is not 17.",
        "about 17",
        "at least 17",
        "Ann has more than 17",
        "Ann eats 17",
        "Ann 17",
        "12 + 7 - 2 = 17",
        "19 - 2 = 17",
        "The answer is 18.\n17",
        "17 apples more",
        "yes",
      ],
    ],
    [GIVING, ["9", "15", "Ann has 12 nuts.", "12 coins"]],
    [SHARING, ["6", "24", "4", "5 + 6 = 11", "Ann gets 11 of 24", "11 years"]],
    [AGES, ["5", "3", "8 apples", "Ann is 8."]],
    [TOTAL, ["8", "5", "Ben has 13", "5 + 8 = 13"]],
    [PRICE, ["3", "7", "3 x 4 = 12", "12 figs"]],
    [LEFTOVER, ["2", "0", "11", "1 bag", "12"]],
  ])("to %s", (question, replies) => {
    for (const reply of replies) expect(grader.isCorrect(question, reply), reply).toBe(false);
  });

  it("is not graded where the question is invalid", () => {
    expect(() => grader.isCorrect("Ann has 12 apples. How many has Ann?", "12")).toThrow(TypeError);
  });
});
