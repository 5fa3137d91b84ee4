import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GuardedProcess, startGuarded } from "../../../workers/temporal-server/guarded-process.js";
import { isAlive } from "../../../workers/temporal-server/process-table.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "guarded-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function startScript(script: string): Promise<GuardedProcess> {
  const logFile = join(folder, "log");
  return startGuarded({ executable: "/bin/sh", args: ["-c", script], logFile, graceMs: 300 });
}

async function untilEnded(program: GuardedProcess): Promise<void> {
  await program.onEnd;
  while (isAlive(program.pid)) await sleep(20);
}

test("tells the program's own process id and status, and keeps its output", async () => {
  const program = await startScript("echo $$; echo trouble >&2; exit 7");
  await untilEnded(program);
  expect(program.ended()).toEqual({ status: 7 });
  expect((await readFile(join(folder, "log"), "utf8")).split("\n")).toEqual([String(program.pid), "trouble", ""]);
});

test("stops with SIGTERM what listens to it", async () => {
  const program = await startScript("trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done");
  await sleep(200);
  await program.stop();
  expect(isAlive(program.pid)).toBe(false);
  expect(await readFile(join(folder, "log"), "utf8")).toBe("bye\n");
});

test("kills what does not", async () => {
  const program = await startScript("trap '' TERM; while :; do sleep 0.05; done");
  await sleep(200);
  await program.stop();
  expect(isAlive(program.pid)).toBe(false);
});

test("stopping what has ended is nothing", async () => {
  const program = await startScript("exit 0");
  await untilEnded(program);
  await program.stop();
  expect(program.ended()).toEqual({ status: 0 });
});
