import { type ChildProcess, spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { once } from "node:events";
import { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./process-table.js";
import { TemporalServerError } from "./temporal-server-error.js";
import { OWNER_FILE } from "../../store/owner-only.js";

/**
 * Runs the program given as arguments, and kills it when standard input ends, which happens when our process ends in
 * any way at all, SIGKILL included. Prints the program's process id; ends when the program ends, with its status.
 */
const GUARD = `
exec 4<&0
umask 077
"$@" </dev/null 4<&- >>"$GUARD_LOG" 2>&1 &
program=$!
( read -r _ <&4; kill -KILL "$program" 2>/dev/null ) >/dev/null 2>&1 &
guard=$!
exec 4<&-
echo "$program"
exec >/dev/null
wait "$program"
status=$?
kill "$guard" 2>/dev/null
exit "$status"
`;

/** A program that cannot outlive this process. */
export interface GuardedProcess {
  readonly pid: number;
  /** Undefined while it runs. */
  readonly ended: () => { readonly status: number | null } | undefined;
  readonly onEnd: Promise<void>;
  /** SIGTERM, and SIGKILL where that is not enough. Resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

/** Starts a program in a session of its own, so that Ctrl-C in our terminal is ours to handle first. */
export async function startGuarded({
  executable,
  args,
  logFile,
  graceMs,
}: {
  readonly executable: string;
  readonly args: readonly string[];
  /** Its output is appended there. */
  readonly logFile: string;
  readonly graceMs: number;
}): Promise<GuardedProcess> {
  await (await open(logFile, "a", OWNER_FILE)).close();
  const guard = spawn("/bin/sh", ["-c", GUARD, "guard", executable, ...args], {
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, GUARD_LOG: logFile },
  });
  const program: { pid?: number } = {};
  let ended: { status: number | null } | undefined;
  const onEnd = new Promise<void>((resolve) => {
    guard.once("exit", (status) => {
      ended = { status };
      // Normally the program has ended before its guard; where the guard itself was killed, it goes with it.
      if (program.pid !== undefined && isAlive(program.pid)) process.kill(program.pid, "SIGKILL");
      guard.stdin.destroy();
      resolve();
    });
  });
  const pid = await firstNumber(guard);
  program.pid = pid;
  // Neither the program nor its pipes keep our process from ending.
  guard.unref();
  unrefPipe(guard.stdin);
  unrefPipe(guard.stdout);
  const stop = async (): Promise<void> => {
    if (ended !== undefined) return;
    guard.ref();
    try {
      process.kill(pid, "SIGTERM");
    } catch {
      // It ended by itself in this moment.
    }
    await Promise.race([onEnd, sleep(graceMs, undefined, { ref: false })]);
    guard.stdin.destroy();
    await onEnd;
  };
  return { pid, ended: () => ended, onEnd, stop };
}

async function firstNumber(guard: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<number> {
  const line = await Promise.race([
    once(guard.stdout, "data").then(([data]) => String(data)),
    once(guard, "error").then(([error]) => {
      const message = `A guard process cannot be started: ${error instanceof Error ? error.message : String(error)}`;
      throw new TemporalServerError({ code: "start-failed", message, cause: error });
    }),
  ]);
  return Number(line.trim());
}

/** Pipes to a child are sockets, though typed as plain streams. */
function unrefPipe(pipe: Readable | Writable): void {
  if (pipe instanceof Socket) pipe.unref();
}
