/** A Python process that answers one JSON line per request. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The interpreter of the other sides. */
export const PYTHON = process.env["PYTHON"] ?? "python3";

export class PythonProcess {
  readonly #script: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  /** @param script path below `python/` */
  constructor(script: string, environment: Readonly<Record<string, string>> = {}) {
    this.#script = script;
    const path = fileURLToPath(new URL(`../python/${script}`, import.meta.url));
    const env = { ...process.env, ...environment, OMP_NUM_THREADS: "2", MKL_NUM_THREADS: "2" };
    this.#child = spawn(PYTHON, [path], { stdio: ["pipe", "pipe", "inherit"], env });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async request<Answer>(message: object): Promise<Answer> {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    return this.#next<Answer>();
  }

  /** Ends the process and returns its last line. */
  async end<Answer>(): Promise<Answer> {
    this.#child.stdin.end();
    return this.#next<Answer>();
  }

  async #next<Answer>(): Promise<Answer> {
    const line = await this.#lines.next();
    if (line.done) {
      throw new Error(
        `${this.#script} ended without an answer; ${PYTHON} must have what python/requirements.txt names`,
      );
    }
    return JSON.parse(line.value) as Answer;
  }
}
