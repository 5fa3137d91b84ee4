import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  findPresentExecutable,
  findTemporalExecutable,
  TEMPORAL_CLI_VERSION,
} from "../../../workers/temporal-server/find-executable.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "executable-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function executable(...path: string[]): Promise<string> {
  const file = join(folder, ...path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "#!/bin/sh\n");
  await chmod(file, 0o755);
  return file;
}

test("prefers the named one, then the PATH, then the home, then the user's cache", async () => {
  const inCache = await executable("cache", "data-swarms", "bin", `temporal-${TEMPORAL_CLI_VERSION}`);
  const inHome = await executable("home", "bin", "temporal");
  const onPath = await executable("path", "temporal");
  const named = await executable("named", "my-temporal");
  const environment = { XDG_CACHE_HOME: join(folder, "cache"), PATH: join(folder, "path"), TEMPORAL_CLI_PATH: named };
  const find = (without: Partial<Record<keyof typeof environment, string>>, home = "home") =>
    findPresentExecutable({ home: join(folder, home), environment: { ...environment, ...without } });
  expect(await find({})).toBe(named);
  expect(await find({ TEMPORAL_CLI_PATH: "" })).toBe(onPath);
  expect(await find({ TEMPORAL_CLI_PATH: "", PATH: folder })).toBe(inHome);
  expect(await find({ TEMPORAL_CLI_PATH: "", PATH: folder }, "other")).toBe(inCache);
  expect(await find({ TEMPORAL_CLI_PATH: "", PATH: folder, XDG_CACHE_HOME: folder }, "other")).toBeUndefined();
});

test("a named one that is no executable file is refused, never replaced by another", async () => {
  await executable("path", "temporal");
  const environment = { PATH: join(folder, "path"), TEMPORAL_CLI_PATH: folder };
  await expect(findTemporalExecutable({ home: folder, environment, log: () => undefined })).rejects.toMatchObject({
    name: "TemporalServerError",
    code: "bad-executable",
  });
});
