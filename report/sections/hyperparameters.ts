import { scoresByCoefficientChart, scoresByRunChart } from "../charts/searched-runs.js";
import { renderFigure } from "../figure.js";
import * as format from "../format.js";
import { type Html, html, NOTHING } from "../html.js";
import type { HyperparameterSearch, SearchedRun } from "../hyperparameter-search.js";
import type { ReportData } from "../report-data.js";
import { COEFFICIENTS, describeCoefficients, searchSentences, shortName, SYMBOLS } from "../searched-runs.js";
import { renderTable } from "../table.js";

/** How the runs of a hyperparameter search did; nothing where there was none. */
export async function hyperparametersSection({ result }: ReportData): Promise<Html> {
  const { search, objective } = result;
  if (search === undefined) return NOTHING;
  const [first, ...rest] = searchSentences(search);
  return html`<section aria-labelledby="hyperparameters">
    <h2 id="hyperparameters">Hyperparameter search</h2>
    <p class="lead">${first ?? ""}</p>
    <p>${rest.join(" ")}</p>
    ${await renderFigure({
      id: "scores-by-run",
      title: "Searched and fresh score by run",
      description: search.runs.map(spoken).join(" "),
      caption: `${objective}. Hollow diamonds: what each search saw of its best generator, by which the winner is chosen. Dots: the same generators on fresh questions, with 95\u00a0% intervals.`,
      spec: (width) => scoresByRunChart(search, width),
    })}
    ${await renderFigure({
      id: "scores-by-coefficient",
      title: "Searched and fresh score by coefficient",
      description: "The same scores by the value of each coefficient; the figures are in the table below.",
      caption:
        "Every run is in each of the pictures once. The other coefficients differ too, so a trend is a hint and no proof.",
      spec: (width) => scoresByCoefficientChart(search, width),
    })}
    ${runTable(search)}
  </section>`;
}

function spoken({ runId, coefficients, searched, fresh }: SearchedRun): string {
  const scores = `searched ${format.score(searched)}, fresh ${format.score(fresh?.score ?? null)}`;
  return `${shortName(runId)} (${describeCoefficients(coefficients)}): ${scores}.`;
}

function runTable({ runs, winner }: HyperparameterSearch): Html {
  return renderTable({
    caption: "All runs, in the order in which they were drawn; each has a report of its own under its id",
    columns: [
      "run",
      ...COEFFICIENTS.map((name) => SYMBOLS[name]),
      "searched",
      "fresh",
      "interval",
      "iterations",
      "ended by",
      "work",
    ],
    rows: runs.map((run) => [
      run.runId === winner ? html`<strong>${run.runId} ◆</strong>` : run.runId,
      ...COEFFICIENTS.map((name) => String(run.coefficients[name])),
      format.score(run.searched),
      format.score(run.fresh?.score ?? null),
      run.fresh === null ? "–" : format.interval(run.fresh.low, run.fresh.high),
      format.count(run.iterations),
      run.stoppedBecause,
      format.duration(run.seconds),
    ]),
  });
}
