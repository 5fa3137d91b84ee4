import * as format from "../format.js";
import { strongestInitial } from "../headline.js";
import { type Html, html, NOTHING } from "../html.js";
import type { ReportData } from "../report-data.js";
import type { FreshScore } from "../result.js";
import { renderTable } from "../table.js";
import { unseenSentences } from "../unseen.js";
import { FRESH_COLUMNS, freshCells } from "./fresh-cells.js";

/** How the same fresh questions do on test takers that the search never saw; nothing where the run has none. */
export function unseenSection(data: ReportData): Html {
  const { result } = data;
  const { unseen } = result;
  if (unseen === null) return NOTHING;
  const strongest = strongestInitial(unseen.initial)?.particle;
  const rows = [
    ...(unseen.best === null ? [] : [row(data, "best", unseen.best.fresh)]),
    ...unseen.initial.map(({ particle, fresh }) => row(data, `initial-${particle}`, fresh, particle === strongest)),
  ];
  return html`<section aria-labelledby="unseen">
    <h2 id="unseen">Unseen test takers</h2>
    <p>${unseenSentences(result).join(" ")}</p>
    ${renderTable({
      caption: `${result.objective} over the unseen test takers alone, with 95 % intervals, and what each of them gets right`,
      columns: [...FRESH_COLUMNS, ...unseen.takers],
      rows,
    })}
  </section>`;
}

function row(
  { generators, result }: ReportData,
  label: string,
  fresh: FreshScore,
  strongest = false,
): (string | Html)[] {
  const performance = generators.find((generator) => generator.label === label)?.unseenPerformance ?? {};
  return [
    ...freshCells(label, fresh, strongest),
    ...(result.unseen?.takers ?? []).map((taker) => {
      const one = performance[taker];
      return one === undefined ? "–" : format.percent(one);
    }),
  ];
}
