/**
 * Runs all measurements one after the other and gathers their tables.
 *
 *     PYTHON=python3 npm run bench [-- --out build/bench]
 *
 * Needs Python with what python/requirements.txt names, for the other sides, and a machine that does nothing else.
 */
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const MEASUREMENTS = ["fused-update", "fine-tuning", "sampling"];
const { values } = parseArgs({ options: { out: { type: "string", default: "build/bench" } } });

for (const name of MEASUREMENTS) {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", script, "--out", values.out], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}`);
}
const tables = await Promise.all(MEASUREMENTS.map((name) => readFile(join(values.out, `${name}.md`), "utf8")));
const path = join(values.out, "benchmarks.md");
await writeFile(path, tables.join("\n"));
console.log(`\nwrote ${path}`);
