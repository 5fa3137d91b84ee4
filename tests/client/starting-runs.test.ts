import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untilStarted, whileStarting } from "../../client/starting-runs.js";
import { makeFolder } from "../../store/make-folder.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const before = process.env["SWARM_HOME"];
const home = await temporaryDirectory();

beforeAll(() => {
  process.env["SWARM_HOME"] = home;
});
afterAll(() => {
  if (before === undefined) delete process.env["SWARM_HOME"];
  else process.env["SWARM_HOME"] = before;
});

describe("whoever asks for a run", () => {
  it("waits for a command that is about to start it, and says so once", async () => {
    const order: string[] = [];
    const said: string[] = [];
    let asked: Promise<unknown> | undefined;
    await whileStarting("slow", async () => {
      asked = untilStarted("slow", (line) => said.push(line)).then(() => order.push("answered"));
      await expect.poll(() => said).toHaveLength(1);
      order.push("started");
    });
    await asked;
    expect(order).toEqual(["started", "answered"]);
    expect(said).toHaveLength(1);
  });

  it("waits no longer where the start fails", async () => {
    const failure = new Error("no server");
    await expect(whileStarting("failed", () => Promise.reject(failure))).rejects.toBe(failure);
    const said: string[] = [];
    await untilStarted("failed", (line) => said.push(line));
    expect(said).toEqual([]);
  });

  it("does not wait for a command that was killed, nor for a run that nobody starts", async () => {
    await makeFolder(join(home, "runs"));
    // No process has this id: the largest of Linux is 2 to the power of 22.
    await writeFile(join(home, "runs", "killed.starting"), String(2 ** 22 + 1));
    const said: string[] = [];
    for (const runId of ["killed", "unknown"]) await untilStarted(runId, (line) => said.push(line));
    expect(said).toEqual([]);
  });
});
