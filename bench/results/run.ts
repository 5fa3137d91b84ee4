/**
 * Makes the tables of docs/results/: every method on every domain and objective, several times with different seeds.
 *
 *     npm run results [-- --table main --only graphs-difficult --repeats 2 --concurrency 2 --home build/results --out docs/results]
 *
 * `--only` takes the runs whose names have it after a hyphen. Stop it at any time (Ctrl-C, or worse): the same command goes on where it was. What it writes are ordinary runs in a store under
 * `--home`, which `swarm compare`, `swarm report` and the other verbs know with SWARM_HOME set to it. What tables need of them is recorded beside
 * the tables, and a run that is recorded is not run again, on whatever machine.
 */
import { resolve, join } from "node:path";
import { parseArgs } from "node:util";
import { openStack } from "../../client/embedded-stack.js";
import { listenForInterrupt } from "../../client/interrupt.js";
import { installLog } from "../../client/logging.js";
import { readEnvironment } from "../../config/environment.js";
import { readRecords } from "./records.js";
import { runPlanned } from "./run-planned.js";
import { type PlannedRun, plannedRuns, type TableName, TABLES } from "./tables.js";
import { writeResults } from "./write-results.js";

const { values } = parseArgs({
  options: {
    table: { type: "string", multiple: true, default: Object.keys(TABLES) },
    only: { type: "string", default: "" },
    repeats: { type: "string", default: "Infinity" },
    concurrency: { type: "string", default: "2" },
    home: { type: "string", default: "build/results" },
    out: { type: "string", default: "docs/results" },
  },
});
process.env["SWARM_HOME"] = resolve(values.home);
process.env["SWARM_LOG_LEVEL"] ??= "error";

const unknown = values.table.find((name) => !(name in TABLES));
if (unknown !== undefined)
  throw new Error(`no table is called ${unknown}; there are ${Object.keys(TABLES).join(", ")}`);
// The log of a stack takes what is printed to the console.
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const work: (readonly PlannedRun[])[] = [];
for (const name of values.table as TableName[]) {
  const planned = plannedRuns(name, Number(values.repeats)).filter(({ id }) => id.includes(`-${values.only}`));
  const recorded = await readRecords(values.out, planned);
  say(`${TABLES[name].title}: ${planned.length} runs, of which ${recorded.size} are recorded`);
  work.push(planned.filter(({ id }) => !recorded.has(id)));
}
if (work.some((planned) => planned.length > 0)) await runAll();
for (const path of await writeResults(values.out)) say(`wrote ${path}`);

async function runAll(): Promise<void> {
  await installLog(readEnvironment());
  const interrupt = listenForInterrupt(() => say("putting it down …"));
  const stack = await openStack({ note: say });
  const settings = {
    stack,
    folder: join(values.home, "configs"),
    concurrency: Number(values.concurrency),
    signal: interrupt.signal,
    say,
  };
  try {
    for (const planned of work) await runPlanned(planned, settings);
  } finally {
    await stack.close();
    interrupt.dispose();
  }
}
