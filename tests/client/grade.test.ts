import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { swarm } from "./swarm-command.js";

const home = join(await temporaryDirectory(), "home");
// Nodes A and C are joined through B.
const QUESTION = "In the graph A-B B-C, which path visits every node once?";
const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

describe("swarm grade", () => {
  it("prints what the grader makes of each line, in order", async () => {
    const input = lines(
      { question: QUESTION },
      { question: QUESTION, response: "A-B-C" },
      { question: QUESTION, response: "A-C-B" },
      { question: "What is love?", response: "no" },
    );
    const { exitCode, stdout } = await swarm(["grade", "-", "--grader", "graphs"], { home, input });
    expect(exitCode).toBe(0);
    const graded = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(graded).toMatchObject([
      { valid: true, kind: "hamilton-path" },
      { valid: true, correct: true },
      { valid: true, correct: false },
      { valid: false, truth: null },
    ]);
    expect(graded[0]).not.toHaveProperty("correct");
  });

  it("prints nothing where a line is malformed, and names the line", async () => {
    const input = `${lines({ question: QUESTION })}{"question":\n`;
    const outcome = await swarm(["grade", "-", "--grader", "graphs"], { home, input });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "", errorCode: "INVALID_LINE" });
    expect(outcome.stderr).toContain(":2:");
  });

  it("refuses a grader that does not exist", async () => {
    const outcome = await swarm(["grade", "-", "--grader", "poems"], { home, input: "" });
    expect(outcome).toMatchObject({ exitCode: 2, errorCode: "UNKNOWN_GRADER" });
  });
});
