import { type TakerPerformance, takerPerformanceChart } from "../charts/taker-performance.js";
import { renderFigure } from "../figure.js";
import * as format from "../format.js";
import { generatorName } from "../generator-name.js";
import { type Html, html, NOTHING } from "../html.js";
import { comparedGenerators, gradedQuestions } from "../measured-generators.js";
import type { GeneratorReport, ReportData } from "../report-data.js";
import { renderTable } from "../table.js";
import { wilsonInterval } from "../wilson-interval.js";

const BEST = "best generator";

/** How well every test taker does at start and at the best. */
export async function takersSection(data: ReportData): Promise<Html> {
  const { start, best } = comparedGenerators(data);
  const startName = start === undefined ? "start" : `${generatorName(start.label)} (strongest at start)`;
  const values = [...performances(data, start, startName), ...performances(data, best, BEST)];
  return html`<section aria-labelledby="takers">
    <h2 id="takers">Performance by test taker</h2>
    ${
      values.length === 0
        ? html`<p>No generator's questions were graded.</p>`
        : await renderFigure({
            id: "taker-performance",
            title: "Performance at start and at the best",
            description: values
              .map((one) => `${one.taker}, ${one.generator}: ${format.percent(one.performance)}.`)
              .join(" "),
            caption: "Mean performance on fresh questions with 95 % intervals (Wilson).",
            spec: (width) =>
              takerPerformanceChart(values, { takers: data.takers, generators: [startName, BEST], width }),
          })
    }
    ${values.length === 0 ? NOTHING : performanceTable(data)}
  </section>`;
}

function performances(data: ReportData, generator: GeneratorReport | undefined, name: string): TakerPerformance[] {
  if (generator === undefined) return [];
  return data.takers.flatMap((taker) => {
    const performance = generator.performance[taker];
    const interval =
      performance === undefined ? null : wilsonInterval(performance, gradedQuestions(data, generator.label));
    return performance === undefined || interval === null ? [] : [{ taker, generator: name, performance, ...interval }];
  });
}

function performanceTable(data: ReportData): Html {
  return renderTable({
    caption: "Mean performance on every generator's fresh questions, with 95 % intervals",
    columns: ["test taker", ...data.generators.map(({ label }) => generatorName(label))],
    rows: data.takers.map((taker) => [
      taker,
      ...data.generators.map((generator) => {
        const [one] = performances({ ...data, takers: [taker] }, generator, "");
        if (one === undefined) return "–";
        return html`${format.percent(one.performance)}<br /><small
            >${format.percent(one.low)} to ${format.percent(one.high)}</small
          >`;
      }),
    ]),
  });
}
