import { writeFile } from "node:fs/promises";
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

  it("passes over blank lines, and takes a response of null for none", async () => {
    const input = `\uFEFF\n${lines({ question: QUESTION, response: null })}  \r\n\n${lines({ question: QUESTION, response: "A-B-C" })}\n`;
    const { exitCode, stdout } = await swarm(["grade", "-", "--grader", "graphs"], { home, input });
    expect(exitCode).toBe(0);
    const graded = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { correct?: boolean });
    expect(graded.map(({ correct }) => correct)).toEqual([undefined, true]);
  });

  it("names the line of a file that is no UTF-8", async () => {
    const file = join(await temporaryDirectory(), "latin-1.jsonl");
    await writeFile(file, Buffer.from(`${lines({ question: QUESTION })}{"question":"Où?"}\n`, "latin1"));
    const outcome = await swarm(["grade", file, "--grader", "graphs"], { home });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "", errorCode: "INVALID_LINE" });
    expect(outcome.stderr).toContain(`${file}:2: `);
  });

  it("refuses a grader that does not exist", async () => {
    const outcome = await swarm(["grade", "-", "--grader", "poems"], { home, input: "" });
    expect(outcome).toMatchObject({ exitCode: 2, errorCode: "UNKNOWN_GRADER" });
  });
});
