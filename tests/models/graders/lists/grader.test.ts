import { describe, expect, it } from "vitest";
import { listGrader } from "../../../../models/graders/lists/grader.js";

const grader = listGrader();

function truthOf(question: string): string {
  const examined = grader.examine(question);
  if (!examined.valid) throw new Error(examined.reason);
  return examined.truth;
}

describe("the list grader", () => {
  it("says what a question is, how large, what is right, and nothing else", () => {
    expect(grader.examine("What is the list C F A B in reverse?")).toEqual({
      valid: true,
      kind: "reverse",
      size: 4,
      truth: "B A F C",
      canonical: expect.any(String) as string,
    });
  });

  it.each([
    ["reverse", "Read A C C from the last to the first.", "C C A"],
    ["reverse", "What is the list K A in reverse?", "A K"],
    ["rotate", "Rotate the list A C F B to the left by 1.", "C F B A"],
    ["rotate", "Move the first 3 of A C F B E to the end.", "B E A C F"],
    ["sort", "Sort the numbers 41 7 88 13 from small to large.", "7 13 41 88"],
    ["sort", "Put the prices 10 9 0 10 99 in order, cheapest first.", "0 9 10 10 99"],
    ["filter", "Keep the numbers above 40 in the list 12 55 40 41 3.", "55 41"],
    ["filter", "From the list 9 60 30 60, remove every number of 30 or less.", "60 60"],
    ["filter", "Keep the numbers above 0 in the list 9 3.", "9 3"],
    ["distinct", "In the list A C A F C, keep only the first of each.", "A C F"],
    ["distinct", "Visitors B B K B. Name each once, by first visit.", "B K"],
    ["distinct", "Visitors K B. Name each once, by first visit.", "K B"],
    ["count", "How often does A occur in the list A C A F?", "2"],
    ["count", "Votes B C B B. How many are for C?", "1"],
    ["two-steps", "Start with C F A B: reverse, remove 2 from the front. What is the list now?", "F C"],
    [
      "two-steps",
      "Cards C F A B: move 1 from the end to the front, add C at the end. Which cards are left?",
      "B C F A C",
    ],
    [
      "three-steps",
      "Start with C F A B: reverse, remove 2 from the front, add K at the front. What is the list now?",
      "K F C",
    ],
    [
      "three-steps",
      "Cards A B C D E: move 2 from the front to the end, remove 1 from the end, reverse. Which cards are left?",
      "A E D C",
    ],
  ])("solves %s: %s", (kind, question, truth) => {
    expect(grader.examine(question)).toMatchObject({ valid: true, kind, truth });
    expect(grader.isCorrect(question, truth)).toBe(true);
  });

  it("does the steps of a program in their order", () => {
    const ask = (steps: string): string => truthOf(`Start with A B C: ${steps}. What is the list now?`);
    expect(ask("add K at the end, reverse")).toBe("K C B A");
    expect(ask("reverse, add K at the end")).toBe("C B A K");
  });

  it("ignores white space around a question", () => {
    expect(truthOf(" What is the list A B in reverse?\n")).toBe("B A");
  });

  it("refuses to grade a reply to an invalid question", () => {
    expect(() => grader.isCorrect("What is the list A in reverse?", "A")).toThrow(TypeError);
  });
});
