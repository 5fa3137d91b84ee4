/**
 * Objectives of users' own that commands of this home have started runs with, by SHA-256: `$SWARM_HOME/modules/<digest>`. A module in a
 * store is a program; one that nobody here has named is not imported.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readEnvironment } from "../config/environment.js";
import { sha256Hex } from "../store/byte-stream.js";
import { makeFolder } from "../store/make-folder.js";
import { OWNER_FOLDER } from "../store/owner-only.js";

/** SHA-256 of the modules in these files, and not of what a store holds under their names. */
export function moduleDigests(paths: readonly string[]): Promise<string[]> {
  return Promise.all(paths.map(async (path) => sha256Hex(await readFile(path, "utf8"))));
}

export async function rememberModules(digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return;
  await makeFolder(modulesFolder(), OWNER_FOLDER);
  await Promise.all(digests.map((digest) => writeFile(join(modulesFolder(), digest), "")));
}

export async function knownModules(): Promise<string[]> {
  return (await readdir(modulesFolder()).catch(() => [])).filter((name) => /^[0-9a-f]{64}$/.test(name));
}

function modulesFolder(): string {
  return join(readEnvironment().home, "modules");
}
