/** Files that puts write before they move them into their place, and what is left of them when a process is killed. */
import { randomUUID } from "node:crypto";
import { readdir, stat, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** No key has a `~`. */
const NAME = /^\.put~([^~]+)~(\d+)~([^~]+)~\d+$/;
const HOUR_MILLISECONDS = 3_600_000;
/** No put is silent for that long, on whatever machine it is. */
const WEEK_MILLISECONDS = 7 * 24 * HOUR_MILLISECONDS;
const HOST = encodeURIComponent(hostname()).slice(0, 100).replaceAll("~", "-") || "host";
const PROCESS = randomUUID();
let serial = 0;

/** A new name, which says whose file it is. */
export function unfinishedPut(): string {
  return `.put~${HOST}~${process.pid}~${PROCESS}~${serial++}`;
}

/**
 * Removes what killed processes left in a folder: files untouched for an hour of processes of this machine that are gone, and any
 * that are untouched for a week. (An hour, since processes in containers may share a name and not see each other.)
 */
export async function removeLeftPuts(folder: string, now = Date.now()): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const match = NAME.exec(name);
    if (match === null) continue;
    const [, host = "", pid = "", owner = ""] = match;
    const path = join(folder, name);
    // Another process may be at the same work: what is gone already needs no removing.
    const status = await stat(path).catch(() => undefined);
    if (status === undefined) continue;
    const silence = now - status.mtimeMs;
    const isGone = host === HOST && owner !== PROCESS && !isAlive(Number(pid));
    if (silence > WEEK_MILLISECONDS || (isGone && silence > HOUR_MILLISECONDS))
      await unlink(path).catch(() => undefined);
  }
}

/** Another process with our own number is one of an earlier start. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
