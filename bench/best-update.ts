/**
 * What `swarm.bestUpdate: tested` costs and gives, at several levels, beside the paper's rule with as many questions an evaluation
 * and with as many in all, in simulated searches whose truth is known.
 *
 *     npx tsx bench/best-update.ts [--searches 1000] [--questions 150] [--out build/bench]
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { swarmSchema } from "../config/swarm-schema.js";
import { makeFolder } from "../store/make-folder.js";
import type { SwarmParameters } from "../swarm/parameters.js";
import { summarise } from "../swarm/statistics/summary.js";
import { simulateSearch, type SimulatedResult } from "./simulated-search.js";

const { values } = parseArgs({
  options: {
    searches: { type: "string", default: "1000" },
    questions: { type: "string", default: "150" },
    out: { type: "string", default: "build/bench" },
  },
});
const searches = Number(values.searches);
const questions = Number(values.questions);

/** The config's defaults. */
const PARAMETERS = swarmSchema.parse({});

function measure(rule: Partial<SwarmParameters>, size: number, flat: boolean): SimulatedResult[] {
  return Array.from({ length: searches }, (_, seed) =>
    simulateSearch({ parameters: { ...PARAMETERS, ...rule, seed }, questions: size, flat }),
  );
}

const mean = (results: readonly SimulatedResult[], value: (result: SimulatedResult) => number): number =>
  summarise(results.map(value)).mean;

function row(name: string, rule: Partial<SwarmParameters>, size = questions): { line: string; asked: number } {
  const hill = measure(rule, size, false);
  const flat = measure(rule, size, true);
  const gains = summarise(hill.map(({ truth, initial }) => truth - initial));
  const error = (gains.standardDeviation ?? 0) / Math.sqrt(gains.count);
  const asked = size * mean(hill, ({ evaluations }) => evaluations);
  const challenges = mean(flat, (result) => result.challenges);
  const cells = [
    name,
    `${gains.mean.toFixed(4)} (${error.toFixed(4)})`,
    mean(hill, ({ searched, truth }) => searched - truth).toFixed(3),
    mean(flat, ({ searched, truth }) => searched - truth).toFixed(3),
    challenges === 0 ? "" : `${((100 * mean(flat, ({ accepted }) => accepted)) / challenges).toFixed(0)} %`,
    mean(hill, ({ iterations }) => iterations).toFixed(1),
    Math.round(asked).toLocaleString("en"),
  ];
  return { line: `| ${cells.join(" | ")} |`, asked };
}

const heading = [
  "| rule | true gain over the best initial generator (standard error) | searched less true score | the same where there is only noise | challengers accepted there | iterations | questions |",
  "| --- | --- | --- | --- | --- | --- | --- |",
];
const lines = [...heading];
const paper = row(`paper, ${questions} questions`, {});
lines.push(paper.line);
let asked = 0;
for (const level of [0.05, 0.1, 0.2, 0.3, 0.4, 0.5]) {
  const tested = row(`tested, level ${level}`, { bestUpdate: "tested", bestUpdateLevel: level });
  lines.push(tested.line);
  if (level === 0.2) asked = tested.asked;
}
const more = Math.round((questions * asked) / paper.asked);
lines.push(row(`paper, ${more} questions`, {}, more).line);

const table = `${lines.join("\n")}\n`;
console.log(table);
await makeFolder(values.out);
await writeFile(join(values.out, "best-update.md"), table);
