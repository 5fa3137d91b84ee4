import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../report/compare/compare-runs.js";
import { measureQuestions } from "../../../report/compare/question-measures.js";
import { questionTable } from "../../../report/compare/question-table.js";
import { exampleRun } from "./example-runs.js";

describe("what the questions of methods are like", () => {
  it("is the mean size of those that have one, and the mean length of all", () => {
    const questions = [
      { size: 4, length: 30 },
      { size: null, length: 60 },
      { size: 7, length: 45 },
    ];
    expect(measureQuestions(questions)).toEqual({ meanSize: 5.5, meanLength: 45 });
    expect(measureQuestions([{ size: null, length: 8 }])).toEqual({ meanSize: null, meanLength: 8 });
    expect(measureQuestions([])).toBeNull();
  });

  it("has tables of methods with mean and deviation over repeats", () => {
    const { settings, methods } = compareRuns(
      [
        exampleRun({ runId: "s1", seed: 1, wrong: [8, 8], questions: { meanSize: 8, meanLength: 90 } }),
        exampleRun({ runId: "s2", seed: 2, wrong: [8, 8], questions: { meanSize: 10, meanLength: 100 } }),
        exampleRun({ runId: "s3", seed: 3, wrong: null }),
        exampleRun({
          runId: "i1",
          wrong: [3, 3],
          baseline: "initial-generators",
          questions: { meanSize: 5, meanLength: 61 },
        }),
        exampleRun({
          runId: "b1",
          wrong: [3, 3],
          baseline: "autobencher",
          questions: { meanSize: null, meanLength: 70 },
        }),
      ],
      { resamples: 50 },
    );
    const rowsOf = (measure: "size" | "length") =>
      questionTable({ id: "q", caption: "q", methods, settings, measure }).rows.map(({ header, cells }) => [
        header,
        ...cells.map(({ text, detail }) => [text, detail].filter((part) => part !== undefined).join(" ")),
      ]);
    // 8 and 10: the sample's deviation is √2; 90 and 100: 5 √2.
    expect(rowsOf("size")).toEqual([
      ["Initial generators", "5.0"],
      ["Data Swarms", "9.0 (1.4)"],
    ]);
    expect(rowsOf("length")).toEqual([
      ["Initial generators", "61.0"],
      ["AutoBencher", "70.0"],
      ["Data Swarms", "95.0 (7.1)"],
    ]);
  });
});
