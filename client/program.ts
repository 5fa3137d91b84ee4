import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { packageRoot } from "../config/package-root.js";
import { describeError, EXIT } from "./errors.js";
import { endWhenReaderLeaves, note, noteJson } from "./output.js";

/** In the order in which help lists them. Loaded when asked for: most need only a few of the product's parts. */
const VERBS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.js")).runVerb(),
  list: async () => (await import("./commands/list.js")).listVerb(),
  status: async () => (await import("./commands/status.js")).statusVerb(),
  watch: async () => (await import("./commands/watch.js")).watchVerb(),
  pause: async () => (await import("./commands/messages.js")).pauseVerb(),
  resume: async () => (await import("./commands/messages.js")).resumeVerb(),
  stop: async () => (await import("./commands/messages.js")).stopVerb(),
  cancel: async () => (await import("./commands/messages.js")).cancelVerb(),
  best: async () => (await import("./commands/best.js")).bestVerb(),
  sample: async () => (await import("./commands/sample.js")).sampleVerb(),
  evaluate: async () => (await import("./commands/evaluate.js")).evaluateVerb(),
  grade: async () => (await import("./commands/grade.js")).gradeVerb(),
  report: async () => (await import("./commands/report.js")).reportVerb(),
  compare: async () => (await import("./commands/compare.js")).compareVerb(),
  schedule: async () => (await import("./commands/schedule.js")).scheduleVerb(),
  worker: async () => (await import("./commands/worker.js")).workerVerb(),
  dev: async () => (await import("./commands/dev.js")).devVerb(),
  doctor: async () => (await import("./commands/doctor.js")).doctorVerb(),
};

/** Runs one command line and gives its exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  endWhenReaderLeaves();
  try {
    const program = await createProgram(argv[0]);
    await program.parseAsync([...argv], { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : EXIT.done;
  } catch (error) {
    return reportError(error, argv);
  }
}

async function createProgram(first: string | undefined): Promise<Command> {
  const program = new Command("swarm")
    .description("Makes evaluation data for language models better with swarms of data generators.")
    .version(await productVersion(), "-V, --version", "print the version")
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      "after",
      "\nExample:\n  $ swarm run fixtures/configs/smoke.yaml\n\n`swarm VERB --help` says more about each.",
    );
  const chosen = first === undefined ? undefined : VERBS[first];
  const verbs = chosen === undefined ? Object.values(VERBS) : [chosen];
  for (const load of verbs) program.addCommand(await load());
  return program;
}

function reportError(error: unknown, argv: readonly string[]): number {
  if (error instanceof CommanderError) return reportUsage(error, argv);
  const { exitCode, code, message } = describeError(error);
  if (code === "INTERRUPTED") note(message);
  else if (argv.includes("--json")) noteJson({ error: { code, message } });
  else for (const line of message.split("\n")) note(`swarm: ${line} [${code}]`);
  if (process.env["SWARM_LOG_LEVEL"] === "debug" && error instanceof Error) note(error.stack ?? "");
  return exitCode;
}

function reportUsage({ code, exitCode, message }: CommanderError, argv: readonly string[]): number {
  if (exitCode === 0) return EXIT.done;
  if (code === "commander.help") return EXIT.badInput;
  const [first] = argv;
  const help = first !== undefined && first in VERBS ? `swarm ${first} --help` : "swarm --help";
  const line = message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
  if (argv.includes("--json")) noteJson({ error: { code: "INVALID_USAGE", message: line } });
  else note(`swarm: ${line}; see ${help} [INVALID_USAGE]`);
  return EXIT.badInput;
}

async function productVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageRoot(), "package.json"), "utf8")) as { version: string };
  return version;
}
