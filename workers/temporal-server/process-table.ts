import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whether a process with this id exists (ours or another user's). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The command line of a living process; undefined when there is none. Ids are used again, so a recorded one proves nothing. */
export async function commandLine(pid: number): Promise<string | undefined> {
  try {
    // A zombie has an empty command line: it has ended.
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim() || undefined;
  } catch {
    if (process.platform === "linux") return undefined;
  }
  try {
    return (await run("ps", ["-o", "command=", "-p", String(pid)])).stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
