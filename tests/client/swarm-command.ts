/** The `swarm` command as people run it: in a process of its own. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../client/main.ts", import.meta.url));

export interface CommandOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the error that was printed, where one was. */
  readonly errorCode: string | undefined;
}

export interface CommandOptions {
  readonly home: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

export function swarm(
  args: readonly string[],
  { home, environment = {}, input }: CommandOptions,
): Promise<CommandOutcome> {
  const { TEMPORAL_ADDRESS: _address, TEMPORAL_PROFILE: _profile, ...inherited } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", MAIN, ...args],
      { env: { ...inherited, SWARM_HOME: home, ...environment } },
      (error, stdout, stderr) => {
        const exitCode = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
        resolve({ exitCode, stdout, stderr, errorCode: /\[([A-Z_a-z-]+)\]$/m.exec(stderr)?.[1] });
      },
    );
    child.stdin?.end(input);
  });
}
