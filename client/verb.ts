/** How every verb of the command is made: the same help, the same errors. */
import { Command, InvalidArgumentError } from "commander";

export interface VerbOptions {
  readonly name: string;
  readonly summary: string;
  /** Command lines, shown by `--help`. */
  readonly examples: readonly string[];
  /** What `--json` prints; verbs that always print JSON leave it out. */
  readonly json?: string;
}

export function verb({ name, summary, examples, json }: VerbOptions): Command {
  const command = new Command(name)
    .description(summary)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      "after",
      `\nExample${examples.length === 1 ? "" : "s"}:\n${examples.map((one) => `  $ ${one}`).join("\n")}`,
    );
  if (json !== undefined) command.option("--json", json);
  return command;
}

/** `--store`, which most verbs take. */
export const STORE_OPTION = [
  "--store <uri>",
  "where the run is: file:///directory or s3://bucket/prefix (default: where this machine last saw it)",
] as const;

export function wholeNumber(from: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < from) {
      throw new InvalidArgumentError(`It must be a whole number from ${from} up.`);
    }
    return value;
  };
}

/** Gathers an option that may be given more than once. */
export function gather(text: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), text];
}
