/** Writes docs/results.md: what all the tables come to, and where each of them is. */
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { renderMarkdown } from "../../report/compare/markdown.js";
import { signedPercent } from "../../report/compare/numbers.js";
import type { DocumentSection } from "../../report/compare/table-model.js";
import { againstBaselines, compareSwarms, type SwarmComparison } from "./against-baselines.js";
import { describeBudget } from "./budget.js";
import { finishedRuns, type FinishedRun } from "./finished-runs.js";
import { adversarialRuns } from "./render-adversarial.js";
import { ADVERSARIAL_TABLES, plannedRuns, type TableName, TABLES } from "./tables.js";
import { varietyTable } from "./variety.js";
import { whereTimeGoes } from "./where-time-goes.js";

type Finished = ReadonlyMap<TableName, readonly FinishedRun[]>;

/** @param folder of the tables; the page is beside it, by its name. @returns the page's path */
export async function writePage(folder: string): Promise<string> {
  const names = Object.keys(TABLES) as TableName[];
  const all = await Promise.all(names.map(async (name) => [name, await finishedRuns(plannedRuns(name))] as const));
  // A table that has only what it takes from another was not begun.
  const finished: Finished = new Map(all.filter(([name, runs]) => ownRuns(name, runs).length > 0));
  const compared: [TableName, SwarmComparison[]][] = [];
  for (const [name, runs] of finished) compared.push([name, await compareSwarms(runs)]);
  const sections = [
    ...duels(compared, "settings"),
    ...duels(compared, "unseen"),
    ...adversarial(finished),
    variety(finished),
    time(finished),
  ];
  const [title, ...rest] = renderMarkdown("Results", sections, { plain: false }).split("\n");
  const path = `${folder}.md`;
  await writeFile(path, [title, "", ...introduction(finished, basename(folder)), ...rest].join("\n"));
  return path;
}

function ownRuns(name: TableName, runs: readonly FinishedRun[]): FinishedRun[] {
  return runs.filter(({ id }) => id.startsWith(`${name}-`));
}

function introduction(finished: Finished, folder: string): string[] {
  const links = [...finished].map(([name, runs]) => {
    const { title, repeats } = TABLES[name];
    const done = new Set(runs.map(({ config }) => config["seed"])).size;
    return `- [${title}](${folder}/${name}.md): ${runs.length} runs, ${done} of ${repeats} repeats`;
  });
  return [
    "Made by `npm run results` on embedded models, which may be stopped at any time and goes on where it was. Every score is of fresh questions, which the",
    "search never saw.",
    "",
    describeBudget(),
    "",
    ...links,
  ];
}

const POOLS = {
  settings: { id: "baselines", title: "Against the best of eight baselines" },
  unseen: { id: "unseen", title: "The same on test takers that no search saw" },
} as const;

function duels(
  compared: readonly (readonly [TableName, readonly SwarmComparison[]])[],
  pool: keyof typeof POOLS,
): DocumentSection[] {
  const { id, title } = POOLS[pool];
  return compared.flatMap(([name, comparisons]) => {
    // Takers play no part in what is personalized.
    if (comparisons.length === 0 || (pool === "unseen" && name === "personalized")) return [];
    const options = { id: `${id}-${name}`, caption: TABLES[name].title, pool };
    const { sentences, table } = againstBaselines(comparisons, options);
    return [{ id: options.id, title: `${title}: ${name}`, paragraphs: sentences, tables: [table], items: [] }];
  });
}

function adversarial(finished: Finished): DocumentSection[] {
  return ADVERSARIAL_TABLES.flatMap((name) => {
    const items = adversarialRuns(finished.get(name) ?? []).map(
      ({ domain, method, seed, result: { relativeGain } }) =>
        `${domain}, ${method}, seed ${seed}: ${relativeGain === null ? "no gain to tell" : signedPercent(relativeGain)}`,
    );
    const paragraphs = [
      "The best taker's share of right answers on the test questions over that of the best of six fine-tunings at equal data, less 1:",
    ];
    return items.length === 0 ? [] : [{ id: name, title: TABLES[name].title, paragraphs, tables: [], items }];
  });
}

function variety(finished: Finished): DocumentSection {
  const tables = [varietyTable(finished.get("main") ?? [])];
  return { id: "variety", title: "Variety", paragraphs: [], tables, items: [] };
}

function time(finished: Finished): DocumentSection {
  const tables = [...finished].map(([name, runs]) => [name, ownRuns(name, runs)] as const);
  return { id: "time", title: "Time", paragraphs: [], tables: [whereTimeGoes(tables)], items: [] };
}
