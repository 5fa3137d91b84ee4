import { link, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "../../store/make-folder.js";
import { OWNER_FOLDER } from "../../store/owner-only.js";
import { isAlive } from "./process-table.js";
import { TemporalServerError } from "./temporal-server-error.js";

const POLL_MS = 50;

/**
 * Runs `work` while this process alone holds the lock file. A lock whose process is dead is taken over, so a process
 * killed in the middle blocks nobody.
 * @throws TemporalServerError "locked" when a living process holds it for longer than `waitMs`.
 */
export async function withFileLock<Result>(
  { path, waitMs }: { readonly path: string; readonly waitMs: number },
  work: () => Promise<Result>,
): Promise<Result> {
  await makeFolder(dirname(path), OWNER_FOLDER);
  const deadline = Date.now() + waitMs;
  // Written apart and linked into place, so that no one ever reads a lock without its owner.
  const mine = `${path}.${process.pid}.${++attempts}`;
  await writeFile(mine, String(process.pid));
  try {
    while (!(await tryLink(mine, path))) {
      if (await removeIfStale(path, mine)) continue;
      if (Date.now() > deadline) {
        const message = `${path} is held by process ${(await ownerOf(path)) ?? "?"}, which is still alive: wait for it or end it.`;
        throw new TemporalServerError({ code: "locked", message });
      }
      await sleep(POLL_MS);
    }
  } finally {
    await unlink(mine);
  }
  try {
    return await work();
  } finally {
    await unlink(path);
  }
}

let attempts = 0;

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** True when the lock is worth another try at once. */
async function removeIfStale(path: string, mine: string): Promise<boolean> {
  const owner = await ownerOf(path);
  if (owner === undefined) return true;
  if (isAlive(owner)) return false;
  // Two processes may see the same stale lock. Only what was moved away is known to be what was moved, so look again:
  // a fresh lock caught this way is put back.
  const aside = `${mine}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return true;
    throw error;
  }
  const moved = await ownerOf(aside);
  if (moved !== undefined && moved !== owner && isAlive(moved)) await tryLink(aside, path);
  await unlink(aside);
  return true;
}

async function ownerOf(path: string): Promise<number | undefined> {
  try {
    const owner = Number(await readFile(path, "utf8"));
    return Number.isInteger(owner) && owner > 0 ? owner : undefined;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
