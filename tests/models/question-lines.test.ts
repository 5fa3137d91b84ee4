import { describe, expect, it } from "vitest";
import { questionLines } from "../../models/question-lines.js";

const texts = (completion: string, cutOff = false): string[] =>
  questionLines(completion, cutOff).map(({ text }) => text);

describe("questionLines", () => {
  it("takes each line for a question and passes over blank ones", () => {
    expect(texts("First?\n\n  \nSecond?\n")).toEqual(["First?", "Second?"]);
  });

  it.each([
    ["1. What is it?", "What is it?"],
    ["12) What is it?", "What is it?"],
    ["(3) What is it?", "What is it?"],
    ["- What is it?", "What is it?"],
    ["Question 4: What is it?", "What is it?"],
    ["example 5. What is it?", "What is it?"],
  ])("strips the numbering of %j", (line, question) => {
    expect(texts(line)).toEqual([question]);
  });

  it("leaves numbers that are part of the question", () => {
    expect(texts("3 apples and 4 pears make how many?\n2.5 is half of what?")).toEqual([
      "3 apples and 4 pears make how many?",
      "2.5 is half of what?",
    ]);
  });

  it("marks the last line of a completion that was cut off, and no other", () => {
    expect(questionLines("Whole?\nHal", true)).toEqual([
      { text: "Whole?", truncated: false },
      { text: "Hal", truncated: true },
    ]);
  });

  it("takes the last line for whole where the cut came after its end", () => {
    expect(questionLines("Whole?\n", true)).toEqual([{ text: "Whole?", truncated: false }]);
  });

  it("finds nothing in an empty completion", () => {
    expect(texts("")).toEqual([]);
  });
});
