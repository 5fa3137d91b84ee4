import { Html, html } from "./html.js";
import type { ReportData } from "./report-data.js";
import { compositionSection } from "./sections/composition.js";
import { examplesSection } from "./sections/examples.js";
import { numbersSection } from "./sections/numbers.js";
import { outcomeSection } from "./sections/outcome.js";
import { searchSection } from "./sections/search.js";
import { takersSection } from "./sections/takers.js";
import { unseenSection } from "./sections/unseen.js";
import { STYLE } from "./style.js";

/** Whatever a question may say, the page loads nothing and runs nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The sections that a run's report has, by id. */
function contents({ result }: ReportData): (readonly [id: string, title: string])[] {
  return [
    ["search", "Search"],
    ["composition", "What the questions are"],
    ["examples", "Before and after"],
    ["takers", "Test takers"],
    ...(result.unseen === null ? [] : [["unseen", "Unseen test takers"] as const]),
    ["numbers", "Numbers"],
  ];
}

/** A run's report: one HTML page with its style and pictures inside, which asks for nothing else and needs no script. */
export async function renderReport(data: ReportData): Promise<string> {
  const { name, domain, objective } = data;
  const [outcome, search, composition, takers, numbers] = await Promise.all([
    outcomeSection(data),
    searchSection(data),
    compositionSection(data),
    takersSection(data),
    numbersSection(data),
  ]);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${name}: swarm report</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>${name}</h1>
          <p class="muted">
            Evaluation data on ${domain}, optimised for <strong>${objective}</strong> by a swarm of ${swarmSize(data)}
            generators
          </p>
          <nav aria-label="Sections">
            <ul>
              ${contents(data).map(([id, title]) => html`<li><a href="#${id}">${title}</a></li> `)}
            </ul>
          </nav>
        </header>
        <main>
          ${outcome} ${search} ${composition} ${examplesSection(data)} ${takers} ${unseenSection(data)} ${numbers}
        </main>
        <footer>
          <p>Run ${data.result.runId}, digest ${data.result.digest.slice(0, 12)}.</p>
        </footer>
      </body>
    </html>`;
  return `${page.toString()}\n`;
}

function swarmSize({ result }: ReportData): string {
  return String(result.initial.length);
}
