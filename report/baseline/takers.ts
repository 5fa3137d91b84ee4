import { takerPerformanceChart } from "../charts/taker-performance.js";
import { renderFigure } from "../figure.js";
import * as format from "../format.js";
import { measured } from "../headline.js";
import { type Html, html, NOTHING } from "../html.js";
import type { ReportData } from "../report-data.js";
import { renderTable } from "../table.js";
import { wilsonInterval } from "../wilson-interval.js";

interface TakerRow {
  readonly taker: string;
  readonly performance: number;
  readonly low: number;
  readonly high: number;
}

/** How well every test taker does on the measured questions; unseen ones apart. */
export async function baselineTakers(data: ReportData, method: string): Promise<Html> {
  const { generators, takers, result } = data;
  const [generator] = generators;
  const rows = rowsOf(data, takers, generator?.performance);
  return html`<section aria-labelledby="takers">
    <h2 id="takers">Performance by test taker</h2>
    ${
      rows.length === 0
        ? html`<p>No questions were graded.</p>`
        : html`${await renderFigure({
            id: "taker-performance",
            title: "Performance by test taker",
            description: rows.map(({ taker, performance }) => `${taker}: ${format.percent(performance)}.`).join(" "),
            caption: "Mean performance on the measured questions with 95 % intervals (Wilson).",
            spec: (width) =>
              takerPerformanceChart(
                rows.map((row) => ({ ...row, generator: method })),
                { takers, generators: [method], width },
              ),
          })}
          ${table("Mean performance on the measured questions, with 95 % intervals", rows)}`
    }
    ${result.unseen === null ? NOTHING : unseenPart(data, method)}
  </section>`;
}

function unseenPart(data: ReportData, method: string): Html {
  const { unseen, objective } = data.result;
  const fresh = unseen?.best?.fresh ?? null;
  const sentence =
    fresh === null || fresh.score === null
      ? "There is no score to measure on them."
      : `On the same questions, over them alone, ${method} scores ${measured(fresh)} on ${objective}.`;
  const rows = rowsOf(data, unseen?.takers ?? [], data.generators[0]?.unseenPerformance);
  return html`<h3>Unseen test takers</h3>
    <p>They took no part in anything that the method chose by. ${sentence}</p>
    ${rows.length === 0 ? NOTHING : table("Mean performance of unseen test takers, with 95 % intervals", rows)}`;
}

function rowsOf(
  { result }: ReportData,
  takers: readonly string[],
  performance: Readonly<Record<string, number>> = {},
): TakerRow[] {
  return takers.flatMap((taker) => {
    const share = performance[taker];
    if (share === undefined) return [];
    const interval = wilsonInterval(share, result.best?.fresh.questions ?? 0);
    return interval === null ? [] : [{ taker, performance: share, ...interval }];
  });
}

function table(caption: string, rows: readonly TakerRow[]): Html {
  return renderTable({
    caption,
    columns: ["test taker", "performance", "interval"],
    rows: rows.map(({ taker, performance, low, high }) => [
      taker,
      format.percent(performance),
      `${format.percent(low)} to ${format.percent(high)}`,
    ]),
  });
}
