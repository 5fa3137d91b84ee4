import { scoreByRoundChart } from "../charts/score-by-round.js";
import { renderFigure } from "../figure.js";
import * as format from "../format.js";
import { type Html, html } from "../html.js";
import type { ReportData } from "../report-data.js";
import { roundSentences } from "./sentences.js";

/** How the score of what the method held went, round by round. */
export async function roundsSection({ result }: ReportData): Promise<Html> {
  const spoken = result.iterations.map(
    ({ iteration, scores: [score = null] }) => `Round ${iteration}: ${format.score(score)}.`,
  );
  const first = result.iterations[0]?.iteration === 0 ? "; round 0 is the seed data" : "";
  return html`<section aria-labelledby="rounds">
    <h2 id="rounds">The rounds</h2>
    <p>${roundSentences(result).join(" ")}</p>
    ${await renderFigure({
      id: "score-by-round",
      title: "Score by round",
      description: `Searched score of what the method held after every round. ${spoken.join(" ")}`,
      caption: `Searched scores${first}. The diamond marks what the method ended with; the dashed line is what that scored on fresh questions.`,
      spec: (width) => scoreByRoundChart(result, width),
    })}
  </section>`;
}
