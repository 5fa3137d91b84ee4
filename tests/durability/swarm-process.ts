/** The `swarm` command as a process of its own, to be killed. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const COMMAND = fileURLToPath(new URL("../../bin/swarm.mjs", import.meta.url));

const outcomeSchema = z.object({ digest: z.string(), iterations: z.array(z.unknown()) });
/** Of `result.json`, what is compared. */
export type RunOutcome = z.infer<typeof outcomeSchema>;

export interface SwarmProcess {
  readonly pid: number;
  /** Its standard output once it has ended with success; rejects with all that it said where it ended otherwise. */
  readonly output: Promise<string>;
  readonly hasEnded: () => boolean;
  /** What it has said so far on standard error. */
  readonly said: () => string;
  /** SIGSTOP and SIGCONT: nothing that it does goes on in between. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** SIGTERM; resolves when it has put its work down, rejects where it ended otherwise. */
  readonly shutdown: () => Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

export function startSwarm(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SwarmProcess {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...process.env, TEMPORAL_ADDRESS: undefined, TEMPORAL_PROFILE: undefined, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = (): boolean => child.kill("SIGKILL");
  process.once("exit", kill);
  let [output, said] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  let hasEnded = false;
  const ended = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      hasEnded = true;
      process.removeListener("exit", kill);
      if (code === 0) resolve(output);
      else reject(new Error(`swarm ${args[0]} ended with ${signal ?? code}:\n${said}${output}`));
    });
  });
  ended.catch(() => undefined);
  const send = (signal: NodeJS.Signals) => (): void => void child.kill(signal);
  return {
    pid: child.pid ?? 0,
    output: ended,
    hasEnded: () => hasEnded,
    said: () => said,
    freeze: send("SIGSTOP"),
    thaw: send("SIGCONT"),
    shutdown: async () => {
      child.kill("SIGTERM");
      await ended;
    },
    kill: async () => {
      kill();
      await ended.catch(() => undefined);
    },
  };
}

export function readOutcome(output: string): RunOutcome {
  return outcomeSchema.parse(JSON.parse(output));
}
