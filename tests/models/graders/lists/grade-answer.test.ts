import { describe, expect, it } from "vitest";
import { listGrader } from "../../../../models/graders/lists/grader.js";

const grader = listGrader();
const REVERSE = "What is the list B F A C in reverse?";
const SORT = "Sort the numbers 41 7 88 7 from small to large.";
const FILTER = "Keep the numbers above 40 in the list 12 55 40 41 3.";
const COUNT = "Votes B C B A. How many are for B?";
const DISTINCT = "In the list A I A, keep only the first of each.";
const PROGRAM = "Cards C F A B: reverse, remove 3 from the front. Which cards are left?";

describe("a right reply", () => {
  it.each([
    [
      REVERSE,
      [
        "C A F B",
        " C A F B.",
        "**C A F B**",
        "C, A, F, B",
        "C,A,F,B",
        "C, A, F and B",
        "C, A, F, and B.",
        "[C, A, F, B]",
        "['C', 'A', 'F', 'B']",
        '["C","A","F","B"]',
        "C-A-F-B",
        "C -> A → F > B",
        "The list in reverse is C A F B.",
        "A list in reverse is: C A F B",
        "The answer is: C, A, F, B",
        "Answer: C A F B",
        "The list is now C A F B",
        "C A F B\nB was the first",
      ],
    ],
    [SORT, ["7 7 41 88", "7, 7, 41, 88", "[7, 7, 41, 88]", "7 -> 7 -> 41 -> 88", "Sorted: 7 7 41 88"]],
    [
      FILTER,
      ["55 41", "55, 41.", "55 and 41", "The numbers above 40 are 55 41.", "The numbers greater than 40 are: 55, 41"],
    ],
    [
      COUNT,
      [
        "2",
        "2.",
        "2 times",
        "2 votes",
        "2 votes for B",
        "B gets 2 votes.",
        "B occurs 2 times.",
        "There are 2",
        "There are 2 B",
        "B: 2",
        "The number of votes for B is 2",
      ],
    ],
    [DISTINCT, ["A I", "A, I", "A and I", "I think the list is A I"]],
    [PROGRAM, ["C", "C.", "[C]", "The card left is C", "C is left."]],
  ])("to %s", (question, replies) => {
    for (const reply of replies) expect(grader.isCorrect(question, reply), reply).toBe(true);
  });
});

describe("a wrong or unclear reply", () => {
  it.each([
    [
      REVERSE,
      [
        "",
        "  ",
        "B F A C",
        "C A F",
        "C A F B B",
        "A F B",
        "C A B F",
        "c a f b",
        "CAFB",
        "C A F B or C A B F",
        "not C A F B",
        "C A F B C A F B",
        "B F A C is C A F B",
        "The list is not C A F B",
        "C A F B?",
        "4",
        "yes",
        "C A F\nB",
      ],
    ],
    [
      SORT,
      [
        "7 41 88",
        "88 41 7 7",
        "7 7 41",
        "07 7 41 88",
        "7.0 7 41 88",
        "-7 7 41 88",
        "774188",
        "7 7 41 88 99",
        "7-7-41-88",
      ],
    ],
    [
      FILTER,
      ["41 55", "55", "55 40 41", "12 40 3", "above 40", "The numbers above 30 are 55 41", "above 40 55 41", "none"],
    ],
    [
      COUNT,
      [
        "",
        "1",
        "3",
        "02",
        "2 or 3",
        "2 1",
        "two",
        "-2",
        "2.5",
        "B",
        "B B",
        "not 2",
        "2 votes for C",
        "C gets 2 votes",
        "The number of votes for C is 2",
        "1 + 1 = 2",
      ],
    ],
    [DISTINCT, ["A I A", "I A", "A", "A or I", "I think A is A I"]],
    [PROGRAM, ["B", "C F", "", "B A F C", "nothing", "C is gone"]],
  ])("to %s", (question, replies) => {
    for (const reply of replies) expect(grader.isCorrect(question, reply), reply).toBe(false);
  });
});
