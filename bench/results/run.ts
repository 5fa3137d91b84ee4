/**
 * Makes the tables of docs/results.md: every method on every domain and objective, several times with different seeds.
 *
 *     npm run results [-- --table main --only graphs-difficult --concurrency 2 --home build/results]
 *
 * Stop it at any time (Ctrl-C, or worse): the same command goes on where it was. What it writes are ordinary runs in a store under
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

const { values } = parseArgs({
  options: {
    table: { type: "string", multiple: true, default: Object.keys(TABLES) },
    only: { type: "string", default: "" },
    concurrency: { type: "string", default: "2" },
    home: { type: "string", default: "build/results" },
  },
});
process.env["SWARM_HOME"] = resolve(values.home);
process.env["SWARM_LOG_LEVEL"] ??= "error";

const unknown = values.table.find((name) => !(name in TABLES));
if (unknown !== undefined)
  throw new Error(`no table is called ${unknown}; there are ${Object.keys(TABLES).join(", ")}`);
const planned = (values.table as TableName[]).flatMap(plannedRuns).filter(({ id }) => id.startsWith(values.only));
console.log(`${planned.length} runs`);

await installLog(readEnvironment());
const interrupt = listenForInterrupt(() => console.log("putting it down …"));
const stack = await openStack({ note: console.log });
try {
  await runPlanned(planned, {
    stack,
    folder: join(values.home, "configs"),
    concurrency: Number(values.concurrency),
    signal: interrupt.signal,
    say: console.log,
  });
} finally {
  await stack.close();
  interrupt.dispose();
}
