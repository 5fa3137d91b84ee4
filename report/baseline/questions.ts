import { compositionOfSides } from "../composition.js";
import * as format from "../format.js";
import { type Html, html, NOTHING } from "../html.js";
import type { ReportData } from "../report-data.js";
import { renderComposition } from "../sections/composition.js";
import { legend, questionList } from "../sections/examples.js";

/** What the measured questions are beside the seed data, and the first of them. */
export async function baselineQuestions(
  { generators, seedQuestions = [], domain }: ReportData,
  method: string,
): Promise<Html> {
  const [measured] = generators;
  const composition = compositionOfSides({ start: seedQuestions, best: measured?.questions ?? [] });
  const { totals } = composition;
  const counted = `Questions (${domain}): ${format.count(totals.start)} of the seed data, ${format.count(totals.best)} of ${method}.`;
  const labels = { start: "seed data", best: method };
  return html`${await renderComposition(composition, { labels, counted })}
  ${
    measured === undefined
      ? NOTHING
      : html`<section aria-labelledby="examples">
          <h2 id="examples">Examples</h2>
          <p>The first measured questions, in the order in which they were drawn; none is picked. ${legend()}</p>
          ${questionList("first", method, measured)}
        </section>`
  }`;
}
