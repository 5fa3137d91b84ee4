import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compareStoredRuns } from "../../client/compare/compare-stored-runs.js";
import { renderComparison } from "../../report/compare/render-comparison.js";
import { finishedRuns } from "./finished-runs.js";
import { renderAdversarial } from "./render-adversarial.js";
import { isAdversarial, plannedRuns, type TableName, TABLES } from "./tables.js";

/**
 * Writes what the finished runs of a table say beside each other, as `swarm compare` does where it can.
 *
 * @returns the file's path; undefined where there are fewer than two runs, which is nothing to compare
 */
export async function writeTable(name: TableName, folder: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  const finished = await finishedRuns(plannedRuns(name));
  if (finished.length < 2) return undefined;
  const text = isAdversarial(name)
    ? await renderAdversarial(name, finished, folder)
    : await renderComparison(await compareStoredRuns({ ids: finished.map(({ id }) => id) }), "markdown");
  const [, ...rest] = text.split("\n");
  const path = join(folder, `${name}.md`);
  const command = `npm run results -- --table ${name}`;
  await writeFile(path, [`# ${TABLES[name].title}`, "", `Made by \`${command}\`.`, ...rest].join("\n"));
  return path;
}
