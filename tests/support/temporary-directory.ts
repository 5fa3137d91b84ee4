import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished } from "vitest";

/** A directory that is removed when the test is done, or outside of a test when those of the file or block are. */
export async function temporaryDirectory(): Promise<string> {
  const inTest = expect.getState().currentTestName !== undefined;
  const path = await realpath(await mkdtemp(join(tmpdir(), "data-swarms-test-")));
  (inTest ? onTestFinished : afterAll)(() => rm(path, { recursive: true, force: true }));
  return path;
}
