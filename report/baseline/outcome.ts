import { definitionList } from "../definition-list.js";
import * as format from "../format.js";
import { type Html, html, NOTHING } from "../html.js";
import type { ReportData } from "../report-data.js";
import { baselineSentences, isSearch } from "./sentences.js";

/** The score on fresh questions, and how sure it is. */
export function baselineOutcome({ result }: ReportData, method: string): Html {
  const score = result.best?.fresh.score ?? null;
  const [first = "", ...others] = baselineSentences(result, method);
  return html`<section aria-labelledby="outcome">
    <h2 id="outcome" class="verdict">
      ${score === null ? "No score" : `${format.score(score)} on ${result.objective}`}
    </h2>
    <p class="lead">${first}</p>
    ${others.map((sentence) => html`<p>${sentence}</p>`)} ${tiles({ result })}
  </section>`;
}

function tiles({ result }: Pick<ReportData, "result">): Html {
  const { best } = result;
  if (best === null) return NOTHING;
  const { fresh } = best;
  const facts: readonly (readonly [string, string])[] = [
    ["95 % interval", format.interval(fresh.low, fresh.high)],
    ...(isSearch(result) ? [["searched score", format.score(best.searched)] as const] : []),
    ["valid questions", format.percent(best.validRate)],
    ["novel questions", format.percent(best.novelRate)],
  ];
  return definitionList("tiles", facts);
}
