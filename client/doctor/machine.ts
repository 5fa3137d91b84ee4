import { statfs } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { existsSync } from "node:fs";
import { readEnvironment } from "../../config/environment.js";
import type { Check } from "./check.js";

const GIBIBYTE = 1024 ** 3;
/** What the quick start was seen to take, with room to spare. */
const MEMORY_NEEDED = 1.5 * GIBIBYTE;
const DISK_NEEDED = 2 * GIBIBYTE;
const MINIMUM_NODE = [20, 12] as const;

export function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  const detail = `Node ${process.versions.node} on ${process.platform} ${process.arch}, ${availableParallelism()} cores`;
  return { name: "Node", ok, detail, ...(ok ? {} : { advice: `install Node ${MINIMUM_NODE.join(".")} or later` }) };
}

export function checkMemory(): Check {
  const detail = `${gibibytes(freemem())} free of ${gibibytes(totalmem())}`;
  if (totalmem() < MEMORY_NEEDED) {
    return {
      name: "memory",
      ok: false,
      detail,
      advice: `a run on embedded models needs about ${gibibytes(MEMORY_NEEDED)}`,
    };
  }
  return { name: "memory", ok: true, detail };
}

export async function checkDisk(): Promise<Check> {
  const home = resolve(readEnvironment().home);
  let existing = home;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  const detail = `${gibibytes(free)} free for ${home} (SWARM_HOME)`;
  if (free < DISK_NEEDED / 10)
    return { name: "disk", ok: false, detail, advice: "free some, or set SWARM_HOME to another disk" };
  return { name: "disk", ok: true, detail, ...(free < DISK_NEEDED ? { advice: "long runs may need more" } : {}) };
}

function gibibytes(bytes: number): string {
  return `${(bytes / GIBIBYTE).toFixed(1)} GiB`;
}
