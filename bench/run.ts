/**
 * Runs all measurements one after the other and gathers their tables.
 *
 *     PYTHON=python3 npm run bench [-- --out build/bench]
 *
 * Needs Python with what python/requirements.txt names, for the other sides, 6 GB of memory, and a machine that does nothing
 * else. llama.cpp takes part where it is installed: bench/llama-cpp.ts says how.
 */
import { spawnSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

interface Measurement {
  readonly title: string;
  readonly script: string;
  readonly arguments?: readonly string[];
  readonly table: string;
}

const MEASUREMENTS: readonly Measurement[] = [
  { title: "The swarm update, file to file, warm page cache", script: "fused-update.ts", table: "fused-update" },
  {
    title: "The swarm update, file to file, cold page cache",
    script: "fused-update.ts",
    arguments: ["--cold", "--repetitions", "5"],
    table: "fused-update-cold",
  },
  { title: "The swarm update, arithmetic only", script: "update-kernel.ts", table: "update-kernel" },
  { title: "A fine-tuning step", script: "fine-tuning.ts", table: "fine-tuning" },
  { title: "Sampling", script: "sampling.ts", table: "sampling" },
  { title: "Many prompts together", script: "batching.ts", table: "batching" },
];
const { values } = parseArgs({ options: { out: { type: "string", default: "build/bench" } } });

const sections: string[] = [];
const failed: string[] = [];
for (const { title, script, arguments: more = [], table } of MEASUREMENTS) {
  const heading = `### ${title}`;
  console.log(`\n${heading}\n`);
  const path = join(values.out, `${table}.md`);
  await rm(path, { force: true }); // an earlier one must not be taken for this
  const file = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const command = ["--import", "tsx", file, "--out", values.out, ...more];
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
  if (status === 0) sections.push(`${heading}\n\n${await readFile(path, "utf8")}`);
  else failed.push(`${title}: ended with ${status}`);
}
const path = join(values.out, "benchmarks.md");
await writeFile(path, sections.join("\n"));
console.log(`\nwrote ${path}`);
for (const line of failed) console.error(line);
if (failed.length > 0) process.exitCode = 1;
