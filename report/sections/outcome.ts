import { freshScoresChart } from "../charts/fresh-scores.js";
import { renderFigure } from "../figure.js";
import { definitionList } from "../definition-list.js";
import * as format from "../format.js";
import { flatterySentence, headlineOf, outcomeSentences, VERDICTS, type Verdict } from "../headline.js";
import { type Html, html, NOTHING } from "../html.js";
import type { ReportData } from "../report-data.js";
import { freshScoreTable } from "./fresh-score-table.js";

const MARKS: Readonly<Record<Verdict, string>> = { won: "✓", undecided: "≈", lost: "✗", unmeasured: "?" };

/** What was optimised, whether the search won, and how sure that is. */
export async function outcomeSection(data: ReportData): Promise<Html> {
  const { result } = data;
  const { verdict } = headlineOf(result);
  const sentences = [...outcomeSentences(result), flatterySentence(result)].filter((text) => text !== undefined);
  return html`<section aria-labelledby="outcome">
    <h2 id="outcome" class="verdict ${verdict}">
      <span aria-hidden="true">${MARKS[verdict]}</span> ${VERDICTS[verdict]}
    </h2>
    <p class="lead">${sentences[0] ?? ""} ${sentences[1] ?? ""}</p>
    ${sentences.slice(2).map((sentence) => html`<p>${sentence}</p>`)} ${tiles(data)} ${await picture(data)}
    ${freshScoreTable(data)}
  </section>`;
}

function tiles({ result }: ReportData): Html {
  const { best } = result;
  if (best === null) return NOTHING;
  const { gain, pValue } = headlineOf(result);
  const facts: readonly (readonly [string, string])[] = [
    ["gain over the strongest initial", gain === null ? "–" : format.difference(gain)],
    ["one-tailed p-value", pValue === null ? "not tested" : format.probability(pValue)],
    ["valid questions", format.percent(best.validRate)],
    ["novel questions", format.percent(best.novelRate)],
  ];
  return definitionList("tiles", facts);
}

async function picture({ result }: ReportData): Promise<Html> {
  const { best, initial } = result;
  if ((best === null || best.fresh.score === null) && initial.every(({ fresh }) => fresh.score === null))
    return NOTHING;
  return renderFigure({
    id: "fresh-scores",
    title: "Scores on fresh questions",
    description: [
      "A dot with a 95 % interval for every generator.",
      best === null ? "" : `Best: ${format.score(best.fresh.score)}.`,
      ...initial.map(({ particle, fresh }) => `Initial ${particle}: ${format.score(fresh.score)}.`),
    ].join(" "),
    caption:
      "Filled: score on fresh questions with its 95 % bootstrap interval. Hollow diamond: what the search saw of the best generator. " +
      "Dashed line: the strongest initial generator.",
    spec: (width) => freshScoresChart(result, width),
  });
}
