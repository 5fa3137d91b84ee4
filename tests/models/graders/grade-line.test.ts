import { describe, expect, it } from "vitest";
import { gradeLine } from "../../../models/graders/grade-line.js";
import { graderFor } from "../../../models/graders/registry.js";

const grader = graderFor("graphs");
const question = "In the graph A-B-C, is there a cycle?";

describe("a graded line", () => {
  it("has the truth where there is no response", () => {
    expect(gradeLine(grader, { question })).toEqual({ valid: true, kind: "cycle", truth: "no" });
  });

  it("says whether the response is right", () => {
    expect(gradeLine(grader, { question, response: "No." })).toEqual({
      valid: true,
      kind: "cycle",
      truth: "no",
      correct: true,
    });
    expect(gradeLine(grader, { question, response: "yes" }).correct).toBe(false);
    expect(gradeLine(grader, { question, response: "" }).correct).toBe(false);
  });

  it("of an invalid question says why, with the task where it can be told, and grades nothing", () => {
    const reason = expect.any(String) as string;
    const invalid = { question: "In the graph A-B, is there a cycle?", response: "no" };
    expect(gradeLine(grader, invalid)).toEqual({ valid: false, reason, kind: "cycle", truth: null });
    expect(gradeLine(grader, { question: "How are you?" })).toEqual({ valid: false, reason, kind: null, truth: null });
  });
});
