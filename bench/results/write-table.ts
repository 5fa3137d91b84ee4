import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compareRuns } from "../../report/compare/compare-runs.js";
import { renderComparison } from "../../report/compare/render-comparison.js";
import type { FinishedRun } from "./finished-runs.js";
import { renderAdversarial } from "./render-adversarial.js";
import { isAdversarial, type TableName, TABLES } from "./tables.js";

/**
 * Writes what the finished runs of a table say beside each other, as `swarm compare` does where it can.
 *
 * @returns the file's path
 */
export async function writeTable(name: TableName, finished: readonly FinishedRun[], folder: string): Promise<string> {
  const text = isAdversarial(name)
    ? await renderAdversarial(name, finished, folder)
    : await renderComparison(compareRuns(finished.map(({ compared }) => compared)), "markdown");
  const [, ...rest] = text.split("\n");
  const path = join(folder, `${name}.md`);
  const command = `npm run results -- --table ${name}`;
  await writeFile(path, [`# ${TABLES[name].title}`, "", `Made by \`${command}\`.`, ...rest].join("\n"));
  return path;
}
