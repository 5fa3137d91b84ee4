import { stageSecondsChart } from "../charts/stage-seconds.js";
import { renderFigure } from "../figure.js";
import { definitionList } from "../definition-list.js";
import * as format from "../format.js";
import { generatorName } from "../generator-name.js";
import { type Html, html, NOTHING } from "../html.js";
import { describePointCost } from "../point-cost.js";
import type { GeneratorReport, ReportData } from "../report-data.js";
import { describeShared } from "../shared-work.js";
import { renderTable } from "../table.js";

const MOST_REASONS = 12;

/** Counts, settings, timings, usage and what identifies the run. */
export async function numbersSection(data: ReportData): Promise<Html> {
  const { result, settings, generators, takers } = data;
  return html`<section aria-labelledby="numbers">
    <h2 id="numbers">The numbers</h2>
    ${countTable(generators)} ${reasonTable(generators)}
    <h3>Time and cost</h3>
    ${usageList(data)} ${await stages(data)}
    <h3>Settings</h3>
    ${pairs([["objective", result.objective], ...settings, ["test takers", takers.join(", ")]])}
    <h3>Run</h3>
    ${pairs(
      [
        ["run id", result.runId],
        ["kind", result.kind],
        ["config digest", result.configDigest],
        ["digest", result.digest],
      ],
      "codes",
    )}
  </section>`;
}

function countTable(generators: readonly GeneratorReport[]): Html {
  return renderTable({
    caption: "Fresh questions: what was drawn and what became of it",
    columns: ["generator", "drawn", "invalid", "duplicate", "copied", "kept", "valid rate", "novel rate"],
    rows: generators.map(({ label, sampled }) => [
      generatorName(label),
      ...[sampled.drawn, sampled.invalid, sampled.duplicate, sampled.copied, sampled.valid].map(format.count),
      format.percent(sampled.validRate),
      format.percent(sampled.novelRate),
    ]),
  });
}

/** Why questions were invalid, most frequent reasons first. */
function reasonTable(generators: readonly GeneratorReport[]): Html {
  const totals = new Map<string, number>();
  for (const { sampled } of generators)
    for (const [reason, count] of Object.entries(sampled.reasons))
      totals.set(reason, (totals.get(reason) ?? 0) + count);
  if (totals.size === 0) return NOTHING;
  const ordered = [...totals].sort(([, one], [, other]) => other - one).map(([reason]) => reason);
  const shown = ordered.slice(0, MOST_REASONS);
  const others = ordered.slice(MOST_REASONS);
  const cells = (reasons: readonly string[]): string[] =>
    generators.map(({ sampled }) =>
      format.count(reasons.reduce((sum, reason) => sum + (sampled.reasons[reason] ?? 0), 0)),
    );
  return renderTable({
    caption: "Why questions were invalid",
    columns: ["rule broken", ...generators.map(({ label }) => generatorName(label))],
    rows: [
      ...shown.map((reason) => [reason, ...cells([reason])]),
      ...(others.length === 0 ? [] : [[`${others.length} other rules`, ...cells(others)]]),
    ],
  });
}

async function stages({ result }: ReportData): Promise<Html> {
  const seconds = Object.entries(result.usage.seconds);
  if (seconds.length === 0) return NOTHING;
  return renderFigure({
    id: "stage-seconds",
    title: "Time by stage",
    description: seconds.map(([stage, value]) => `${stage}: ${format.duration(value)}.`).join(" "),
    caption: "Wall seconds summed over activities; activities that ran side by side count each.",
    spec: (width) => stageSecondsChart(result.usage, width),
  });
}

function usageList({ result }: ReportData): Html {
  const { questions, tokens, calls, usd, seconds } = result.usage;
  const total = Object.values(seconds).reduce((sum, value) => sum + value, 0);
  const shared = describeShared(result.usage);
  const pointCost = describePointCost(result);
  return pairs([
    ["questions drawn", format.count(questions)],
    ["tokens", format.count(tokens)],
    ["model calls", format.count(calls)],
    ["cost", format.dollars(usd)],
    ["time of all stages", format.duration(total)],
    ...(shared === undefined ? [] : [["taken from other runs", shared] as const]),
    ...(pointCost === undefined ? [] : [["cost per point gained", pointCost] as const]),
  ]);
}

function pairs(entries: readonly (readonly [string, string])[], style = ""): Html {
  return definitionList(`pairs ${style}`, entries);
}
