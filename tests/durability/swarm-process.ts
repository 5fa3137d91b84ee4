/** The `swarm` command as a process of its own, to be killed. */
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const COMMAND = fileURLToPath(new URL("../../bin/swarm.mjs", import.meta.url));

const outcomeSchema = z.object({ digest: z.string() });
export type RunOutcome = z.infer<typeof outcomeSchema>;

export interface StartedRun {
  /** The result that the command printed; rejects where it ended otherwise. */
  readonly outcome: Promise<RunOutcome>;
  /** What the run last said it was doing. */
  lastLine(): string;
  /** SIGKILL to the command and everything it started, at once. */
  kill(): void;
}

/** Starts `swarm run CONFIG --json` with its own SWARM_HOME, in a process group of its own. */
export function startRun(options: {
  readonly config: string;
  readonly home: string;
  readonly arguments?: readonly string[];
}): StartedRun {
  const { config, home, arguments: extra = [] } = options;
  const child = spawn(process.execPath, [COMMAND, "run", config, "--id", "durable", "--json", ...extra], {
    env: { ...process.env, SWARM_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  let progress = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (progress += chunk.toString()));
  const outcome = new Promise<RunOutcome>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(outcomeSchema.parse(JSON.parse(output)));
      else reject(new Error(`the run ended with ${signal ?? code}:\n${progress}${output}`));
    });
  });
  outcome.catch(() => undefined);
  return {
    outcome,
    lastLine: () => progress.trimEnd().split("\n").at(-1) ?? "",
    kill: () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    },
  };
}

/** SIGKILL to the Temporal server of a SWARM_HOME, if one runs. */
export async function killServer(home: string): Promise<void> {
  for (const id of await readdir("/proc")) {
    if (!/^\d+$/.test(id)) continue;
    const command = await readFile(join("/proc", id, "cmdline"), "utf8").catch(() => "");
    if (command.includes("start-dev") && command.includes(home)) process.kill(Number(id), "SIGKILL");
  }
}
