/** Results go to standard output, everything else to standard error. */

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** For people who watch: progress, warnings, hints. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The same for machines. */
export function noteJson(value: unknown): void {
  note(JSON.stringify(value));
}

/** Whether standard error is a terminal that can redraw. */
export function isInteractive(): boolean {
  return process.stderr.isTTY && process.env["TERM"] !== "dumb" && !process.env["CI"];
}

/** A reader that has seen enough (`| head`) ends the command quietly. */
export function endWhenReaderLeaves(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
