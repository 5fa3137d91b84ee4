import { particlePathsChart } from "../charts/particle-paths.js";
import { scoreByIterationChart } from "../charts/score-by-iteration.js";
import { renderFigure } from "../figure.js";
import * as format from "../format.js";
import { foundSentence, stopSentence } from "../headline.js";
import { type Html, html } from "../html.js";
import type { ReportData } from "../report-data.js";
import type { RunResult } from "../result.js";
import { renderTable } from "../table.js";
import { trajectoryOf } from "../trajectory.js";
import { clusterSentence } from "../winning-cluster.js";
import { testedBestsSentence, testedBestsTable } from "./tested-bests.js";

/** How the scores went, iteration by iteration and particle by particle. */
export async function searchSection({ result }: ReportData): Promise<Html> {
  return html`<section aria-labelledby="search">
    <h2 id="search">The search</h2>
    <p>
      ${foundSentence(result) ?? "No generator ever had a score."} ${clusterSentence(result) ?? ""}
      ${stopSentence(result)} ${withoutScore(result)} ${testedBestsSentence(result)}
    </p>
    ${await renderFigure({
      id: "score-by-iteration",
      title: "Score by iteration",
      description: `Best, mean and worst searched score of every iteration. ${summary(result)}`,
      caption:
        "Searched scores. The diamond marks when the best generator was found; the long-dashed line is what it scored on fresh questions. Lines break where no generator had a score.",
      spec: (width) => scoreByIterationChart(result, width),
    })}
    ${await renderFigure({
      id: "particle-paths",
      title: "Every particle's path",
      description: "Searched score by iteration, one small picture a particle; the figures are in the table below.",
      caption:
        "A cross at the bottom and a gap in the line: no score, since too few of its questions were valid or new. The diamond marks the best generator.",
      spec: (width) => particlePathsChart(result, width),
    })}
    <details>
      <summary>All searched scores as a table</summary>
      ${scoreTable(result)}
    </details>
    ${testedBestsTable(result)}
  </section>`;
}

function withoutScore({ iterations }: RunResult): string {
  const scores = iterations.flatMap((iteration) => iteration.scores);
  const none = scores.filter((score) => score === null).length;
  if (none === 0) return "Every evaluation gave a score.";
  return `${none} of ${scores.length} evaluations gave no score, since too few of the questions were valid or new.`;
}

function summary(result: RunResult): string {
  return trajectoryOf(result.iterations)
    .map(({ iteration, best, mean, worst }) =>
      best === null
        ? `Iteration ${iteration}: no score.`
        : `Iteration ${iteration}: ${format.score(best)}, ${format.score(mean)}, ${format.score(worst)}.`,
    )
    .join(" ");
}

function scoreTable(result: RunResult): Html {
  const particles = result.iterations.reduce((most, { scores }) => Math.max(most, scores.length), 0);
  const numbers = Array.from({ length: particles }, (_, particle) => particle);
  return renderTable({
    caption: "Searched score of every particle by iteration",
    columns: ["iteration", ...numbers.map((particle) => `particle ${particle}`), "mean"],
    rows: trajectoryOf(result.iterations).map(({ iteration, mean }, index) => [
      String(iteration),
      ...numbers.map((particle) => {
        const written = format.score(result.iterations[index]?.scores[particle] ?? null);
        const found = result.best?.iteration === iteration && result.best.particle === particle;
        return found ? html`<strong>${written} ◆</strong>` : written;
      }),
      format.score(mean),
    ]),
  });
}
