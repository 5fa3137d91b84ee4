import { mkdir, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { finishedRuns } from "./finished-runs.js";
import { assemblePage, readBlocks } from "./page-blocks.js";
import { readIfThere } from "./read-if-there.js";
import { HEAD, renderBlock } from "./render-block.js";
import { ownRuns, type TableName, TABLES } from "./tables.js";
import { writeTable } from "./write-table.js";

/**
 * Writes every table that has runs of its own, and the page of all tables. A table without keeps what the page said of it.
 *
 * @param folder of the tables; the page is beside it, by its name. @returns the paths of what was written
 */
export async function writeResults(folder: string): Promise<string[]> {
  const page = `${folder}.md`;
  const earlier = readBlocks((await readIfThere(page))?.toString("utf8") ?? "");
  await mkdir(folder, { recursive: true });
  const blocks = new Map<TableName, string>();
  const written: string[] = [];
  for (const name of Object.keys(TABLES) as TableName[]) {
    const finished = await finishedRuns(name, folder);
    const isBegun = ownRuns(name, finished).length > 0;
    const block = isBegun ? renderBlock(name, finished, basename(folder)) : earlier.get(name);
    if (block !== undefined) blocks.set(name, block);
    if (isBegun) written.push(await writeTable(name, finished, folder));
  }
  await writeFile(page, assemblePage(HEAD, blocks));
  return [...written, page];
}
