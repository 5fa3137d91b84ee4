import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "../../../workers/temporal-server/file-lock.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("only one holder at a time, and all get their turn", async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside++;
    most = Math.max(most, inside);
    await sleep(5);
    inside--;
  };
  const path = join(folder, "a.lock");
  await Promise.all(Array.from({ length: 12 }, () => withFileLock({ path, waitMs: 30_000 }, work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test("the lock of a dead process is taken over", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  await writeFile(join(folder, "a.lock"), String(child.pid));
  expect(await withFileLock({ path: join(folder, "a.lock"), waitMs: 0 }, async () => "done")).toBe("done");
});

test("the lock of a living process is waited for and then refused, and stays", async () => {
  await writeFile(join(folder, "a.lock"), String(process.ppid));
  await expect(withFileLock({ path: join(folder, "a.lock"), waitMs: 120 }, async () => "never")).rejects.toMatchObject({
    code: "locked",
  });
  expect(await readdir(folder)).toEqual(["a.lock"]);
});

test("is given back when the work fails", async () => {
  const path = join(folder, "a.lock");
  await expect(withFileLock({ path, waitMs: 0 }, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await withFileLock({ path, waitMs: 0 }, async () => 1)).toBe(1);
});
