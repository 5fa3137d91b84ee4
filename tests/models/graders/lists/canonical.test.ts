import { describe, expect, it } from "vitest";
import { listGrader } from "../../../../models/graders/lists/grader.js";
import { writeQuestion } from "../../../../models/graders/lists/phrasing.js";
import { LIST_TASKS } from "../../../../models/graders/lists/problem.js";
import { writeProblem } from "../../../../models/graders/lists/writer.js";
import { RandomStream } from "../../../../swarm/random.js";

const grader = listGrader();

function canonical(question: string): string {
  const examined = grader.examine(question);
  if (!examined.valid) throw new Error(examined.reason);
  return examined.canonical;
}

describe("the canonical form", () => {
  it.each(LIST_TASKS)("is the same in another phrasing: %s", (task) => {
    for (let iteration = 0; iteration < 50; iteration++) {
      const random = new RandomStream({ seed: 2, purpose: `canonical ${task}`, iteration });
      const problem = writeProblem(task, random.integer(3, 12), random);
      const [one, other] = [writeQuestion(problem, 0), writeQuestion(problem, 1)];
      expect(one).not.toBe(other);
      expect(canonical(one)).toBe(canonical(other));
    }
  });

  it.each([
    ["another order", "Sort the numbers 1 2 3 from small to large.", "Sort the numbers 2 1 3 from small to large."],
    ["other letters", "What is the list A B in reverse?", "What is the list A C in reverse?"],
    ["another task", "What is the list A B in reverse?", "In the list A B, keep only the first of each."],
    ["another count", "Move the first 1 of A B C to the end.", "Move the first 2 of A B C to the end."],
    ["another bound", "Keep the numbers above 1 in the list 2 3.", "Keep the numbers above 2 in the list 2 3."],
    ["another item", "Votes A B. How many are for A?", "Votes A B. How many are for B?"],
    [
      "another order of steps",
      "Cards A B C: reverse, add K at the end. Which cards are left?",
      "Cards A B C: add K at the end, reverse. Which cards are left?",
    ],
    [
      "another end",
      "Cards A B C: reverse, remove 1 from the end. Which cards are left?",
      "Cards A B C: reverse, remove 1 from the front. Which cards are left?",
    ],
  ])("differs for %s", (_what, one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});
