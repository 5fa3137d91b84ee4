/**
 * Makes the tables of docs/results/: every method on every domain and objective, several times with different seeds.
 *
 *     npm run results [-- --table main --only graphs-difficult --repeats 2 --concurrency 2 --home build/results --out docs/results]
 *
 * `--only` takes the runs whose names have it after a hyphen. Stop it at any time (Ctrl-C, or worse): the same command goes on where it was. What it writes are ordinary runs in a store under
 * `--home`, which `swarm compare`, `swarm report` and the other verbs know with SWARM_HOME set to it.
 */
import { resolve, join } from "node:path";
import { parseArgs } from "node:util";
import { openStack } from "../../client/embedded-stack.js";
import { listenForInterrupt } from "../../client/interrupt.js";
import { installLog } from "../../client/logging.js";
import { readEnvironment } from "../../config/environment.js";
import { runPlanned } from "./run-planned.js";
import { plannedRuns, type TableName, TABLES } from "./tables.js";
import { writePage } from "./write-page.js";
import { writeTable } from "./write-table.js";

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
await installLog(readEnvironment());
// The log takes what is printed to the console.
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const interrupt = listenForInterrupt(() => say("putting it down …"));
const stack = await openStack({ note: say });
try {
  for (const name of values.table as TableName[]) {
    const planned = plannedRuns(name, Number(values.repeats)).filter(({ id }) => id.includes(`-${values.only}`));
    say(`${TABLES[name].title}: ${planned.length} runs`);
    await runPlanned(planned, {
      stack,
      folder: join(values.home, "configs"),
      concurrency: Number(values.concurrency),
      signal: interrupt.signal,
      say,
    });
    const written = interrupt.signal.aborted ? undefined : await writeTable(name, values.out);
    if (written !== undefined) say(`wrote ${written}`);
  }
  say(`wrote ${await writePage(values.out)}`);
} finally {
  await stack.close();
  interrupt.dispose();
}
