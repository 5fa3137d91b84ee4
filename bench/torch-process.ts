/** A Python process that answers one JSON line per request. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

export class TorchProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  /** @param script path below `python/`; the interpreter is `PYTHON`, or `python3` */
  constructor(script: string) {
    const path = fileURLToPath(new URL(`../python/${script}`, import.meta.url));
    const environment = { ...process.env, OMP_NUM_THREADS: "2", MKL_NUM_THREADS: "2" };
    const python = process.env["PYTHON"] ?? "python3";
    this.#child = spawn(python, [path], { stdio: ["pipe", "pipe", "inherit"], env: environment });
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
    if (line.done) throw new Error("the Python process ended: is torch installed for PYTHON?");
    return JSON.parse(line.value) as Answer;
  }
}
