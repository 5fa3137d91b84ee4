import { describe, expect, it } from "vitest";
import { graderFor } from "../../../models/graders/registry.js";
import { afterIntroduction, type Names, readSequence } from "../../../models/graders/read-reply.js";

const names: Names = { nodes: new Set(["A", "B", "C"]), query: { from: "A", to: "C" } };

describe("what follows an introduction", () => {
  it.each([
    ["The shortest path from A to C is: A-B-C", ["A", "B", "C"]],
    ["I think: it is: A-B-C", ["A", "B", "C"]],
    ["A-B: it is A-B-C", undefined],
    ["It is not A-B: it is A-B-C", undefined],
  ])("of %j is read where no node, number or doubt stands before it", (line, expected) => {
    expect(afterIntroduction(line, names, (text) => readSequence(text, names.nodes))).toEqual(expected);
  });

  it("is tried no more often in a longer line", () => {
    const tried = (line: string): number => {
      let count = 0;
      afterIntroduction(line, names, () => {
        count++;
        return undefined;
      });
      return count;
    };
    expect(tried("a: ".repeat(100_000))).toBe(tried("a: ".repeat(10)));
  });
});

describe.each([
  ["graphs", "In the graph A-B:2-D:3 A-C:1-D:4 A-D:6, what is the shortest path from A to D?"],
  ["graphs", "In the graph A-B-C, is there a path between A and C?"],
  ["graphs", "People and jobs A-1 A-2 B-1 C-1. Who does what so that most have a job?"],
  ["lists", "What is the list B F A C in reverse?"],
  ["lists", "Votes B C B A. How many are for B?"],
  ["arithmetic", "Ann is 5. Ben is 3 older than Ann. How old is Ben?"],
])("the %s grader, asked %j", (domain, question) => {
  const grader = graderFor(domain);

  // The longest lines that are read: growing as the square of their length, the time for these passes the test's limit.
  it.each(["a: ", "is ", "the answer is no, so ", "1 ", "A-B, ", "applicant 0: job 1, ", "( ", "aaaa", "a\n"])(
    "is done at once with replies that repeat %j",
    (part) => {
      const reply = part.repeat(Math.floor(3990 / part.length));
      for (let count = 0; count < 25; count++) expect(grader.isCorrect(question, reply)).toBe(false);
      expect(grader.isCorrect(question, part.repeat(100_000))).toBe(false);
    },
  );
});
