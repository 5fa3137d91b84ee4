import { describe, expect, it } from "vitest";
import { renderSummary } from "../../../client/progress/summary.js";
import { exampleResult } from "../../report/example-report.js";

const options = { color: false, reportAddress: "report.html" };

/** The figures of the table rows whose name begins so. */
function rows(text: string, name: string): string[][] {
  const cells = text.split("\n").map((line) => line.split("│").map((cell) => cell.trim()));
  return cells.filter((row) => row[1]?.startsWith(name)).map((row) => row.slice(2, -1));
}

describe("the command's summary", () => {
  it("shows what unseen test takers make of the same questions as a figure of its own", () => {
    const [own, unseen] = renderSummary(exampleResult, options).split("unseen test takers alone") as [string, string];
    expect(rows(own, "best")).toEqual([["0.578", "0.530", "0.625", "400"]]);
    expect(rows(unseen, "best")).toEqual([["0.463", "0.415", "0.510", "400"]]);
    expect(rows(unseen, "initial")).toHaveLength(4);
    expect(unseen).toContain("best on unseen test takers: +0.120");
  });

  it("says what was taken from other runs apart from what the run spent", () => {
    const shared = { questions: 84, tokens: 10_007, calls: 202, seconds: { cluster: 10.2, "fine-tune": 14 } };
    const { usage } = exampleResult;
    expect(renderSummary({ ...exampleResult, usage: { ...usage, shared } }, options)).toContain(
      "taken from other runs in this store: 84 questions, 10,007 tokens, 202 calls, 24 s",
    );
    expect(renderSummary(exampleResult, options)).not.toContain("taken from");
  });

  it("says nothing of them where a run has none", () => {
    expect(renderSummary({ ...exampleResult, unseen: null }, options)).not.toContain("unseen");
  });
});
