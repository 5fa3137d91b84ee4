import { describe, expect, it } from "vitest";
import { graphGrader } from "../../../../models/graders/graphs/grader.js";

describe("the graph grader", () => {
  it("says what a question is, how large, what is right, and nothing else", () => {
    expect(graphGrader().examine("In the graph A-B-C D-C, is there a cycle?")).toEqual({
      valid: true,
      kind: "cycle",
      size: 4,
      truth: "no",
      canonical: expect.any(String) as string,
    });
  });

  it("refuses to grade a reply to an invalid question", () => {
    expect(() => graphGrader().isCorrect("In the graph A-B, is there a cycle?", "no")).toThrow(TypeError);
  });

  it("gives the same when more questions were examined than it remembers", () => {
    const grader = graphGrader();
    const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const questions = letters.flatMap((one) =>
      letters.flatMap((two) =>
        letters.slice(0, 8).map((three) => `In the graph ${one}-${two}-${three}, is there a cycle?`),
      ),
    );
    const first = questions.map((question) => grader.examine(question).valid);
    expect(questions.map((question) => grader.examine(question).valid)).toEqual(first);
    expect(grader.examine(questions[1] as string)).toEqual(graphGrader().examine(questions[1] as string));
  });
});
