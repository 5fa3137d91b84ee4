/** What docs/results.md says of a table, and of all. */
import { renderMarkdown } from "../../report/compare/markdown.js";
import { signedPercent } from "../../report/compare/numbers.js";
import type { DocumentSection } from "../../report/compare/table-model.js";
import { againstBaselines, compareSwarms, type SwarmComparison } from "./against-baselines.js";
import { describeBudget } from "./budget.js";
import type { FinishedRun } from "./finished-runs.js";
import { adversarialRuns } from "./render-adversarial.js";
import { isAdversarial, ownRuns, plannedRuns, type TableName, TABLES } from "./tables.js";
import { variantsTable } from "./variants-table.js";
import { varietyTable } from "./variety.js";
import { whereTimeGoes } from "./where-time-goes.js";

export const HEAD = `# Results

Made by \`npm run results\` on embedded models, which may be stopped at any time and goes on where it was. Every score is of fresh questions, which the
search never saw.

${describeBudget()}`;

/** @param folder of the table's own page, as links name it */
export function renderBlock(name: TableName, finished: readonly FinishedRun[], folder: string): string {
  const own = ownRuns(name, finished);
  const { title, repeats } = TABLES[name];
  const planned = ownRuns(name, plannedRuns(name)).length;
  const compared = compareSwarms(finished);
  const sections = [
    ...duels(name, compared, "settings"),
    ...duels(name, compared, "unseen"),
    ...adversarial(name, finished),
    ...(name === "options" ? [sectionOf(name, "Side by side", variantsTable(finished))] : []),
    ...(isAdversarial(name) ? [] : [sectionOf(name, "Variety", varietyTable(finished))]),
    sectionOf(name, "Time", whereTimeGoes(name, own)),
  ];
  const [heading, ...rest] = renderMarkdown(title, sections, { plain: false }).split("\n");
  const link = `${own.length} of the ${planned} runs of ${repeats} repeats: [all of it](${folder}/${name}.md).`;
  return [heading, "", link, ...rest].join("\n").replaceAll(/^#/gm, "##");
}

function sectionOf(name: TableName, title: string, table: DocumentSection["tables"][number]): DocumentSection {
  return { id: `${name}-${table.id}`, title: `${title}: ${name}`, paragraphs: [], tables: [table], items: [] };
}

const POOLS = {
  settings: { id: "baselines", title: "Against the best of eight baselines" },
  unseen: { id: "unseen", title: "The same on test takers that no search saw" },
} as const;

function duels(name: TableName, comparisons: readonly SwarmComparison[], pool: keyof typeof POOLS): DocumentSection[] {
  const { id, title } = POOLS[pool];
  // Takers play no part in what is personalized.
  if (comparisons.length === 0 || (pool === "unseen" && name === "personalized")) return [];
  const options = { id: `${id}-${name}`, caption: TABLES[name].title, pool };
  const { sentences, table } = againstBaselines(comparisons, options);
  return [{ id: options.id, title: `${title}: ${name}`, paragraphs: sentences, tables: [table], items: [] }];
}

function adversarial(name: TableName, finished: readonly FinishedRun[]): DocumentSection[] {
  const items = adversarialRuns(finished).map(
    ({ domain, method, seed, result: { relativeGain } }) =>
      `${domain}, ${method}, seed ${seed}: ${relativeGain === null ? "no gain to tell" : signedPercent(relativeGain)}`,
  );
  const paragraphs = [
    "The best taker's share of right answers on the test questions over that of the best of six fine-tunings at equal data, less 1:",
  ];
  return items.length === 0 ? [] : [{ id: name, title: `On test questions: ${name}`, paragraphs, tables: [], items }];
}
