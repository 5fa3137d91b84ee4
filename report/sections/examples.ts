import { generatorName } from "../generator-name.js";
import { type Html, html, NOTHING } from "../html.js";
import { comparedGenerators } from "../measured-generators.js";
import type { ExampleQuestion, GeneratorReport, ReportData } from "../report-data.js";

const MOST_EXAMPLES = 10;
/** Characters of a response from which on it is folded. */
const LONG_RESPONSE = 160;
const START_OF_RESPONSE = 100;

/** Questions before and after the search, with the true answer and what every test taker answered. */
export function examplesSection(data: ReportData): Html {
  const { start, best } = comparedGenerators(data);
  if (start === undefined && best === undefined) return NOTHING;
  return html`<section aria-labelledby="examples">
    <h2 id="examples">Questions before and after</h2>
    <p>
      The first fresh questions of each generator, in the order in which they were drawn; none is picked. ${legend()}
    </p>
    <div class="columns">
      ${start === undefined ? NOTHING : questionList("before", `Before: ${generatorName(start.label)} (strongest at start)`, start)}
      ${best === undefined ? NOTHING : questionList("after", "After: the best generator", best)}
    </div>
  </section>`;
}

/** What the signs beside replies mean. */
export function legend(): Html {
  return html`${mark(1)} ${mark(0)} ${mark(0.5)} <span class="muted">(partly, with the share)</span>`;
}

/** Some questions with their true answers and what takers replied. */
export function questionList(id: string, title: string, { examples }: GeneratorReport): Html {
  const shown = examples.slice(0, MOST_EXAMPLES);
  return html`<div>
    <h3 id="${id}">${title}</h3>
    ${
      shown.length === 0
        ? html`<p>No graded questions.</p>`
        : html`<ol aria-labelledby="${id}" class="examples">
            ${shown.map(card)}
          </ol>`
    }
  </div>`;
}

function card({ question, answer, kind, size, replies }: ExampleQuestion): Html {
  const what = [kind, size === null ? null : `size ${size}`].filter((part) => part !== null).join(", ");
  return html`<li>
    ${what === "" ? NOTHING : html`<p class="muted what">${what}</p>`}
    <p class="question">${question}</p>
    <dl>
      <div class="truth">
        <dt>true answer</dt>
        <dd>${answer === "" ? html`<span class="muted">not known</span>` : answer}</dd>
      </div>
      ${replies.map(
        ({ taker, response, performance }) =>
          html`<div>
            <dt>${taker}</dt>
            <dd>${mark(performance)} ${reply(response)}</dd>
          </div>`,
      )}
    </dl>
  </li>`;
}

function reply(response: string): Html {
  const text = response.trim();
  if (text === "") return html`<span class="muted">(empty)</span>`;
  if (text.length <= LONG_RESPONSE) return html`<span class="response">${text}</span>`;
  return html`<details>
    <summary>${text.slice(0, START_OF_RESPONSE)}…</summary>
    <span class="response">${text}</span>
  </details>`;
}

/** A sign and a word as well as a colour. */
function mark(performance: number): Html {
  if (performance >= 1) return html`<span class="mark right">✓ right</span>`;
  if (performance <= 0) return html`<span class="mark wrong">✗ wrong</span>`;
  return html`<span class="mark partly">◐ ${performance.toFixed(2)}</span>`;
}
