import { renderBaseline } from "./baseline/render-baseline.js";
import { html } from "./html.js";
import { renderPage } from "./page.js";
import type { ReportData } from "./report-data.js";
import { adversarialSection } from "./sections/adversarial.js";
import { compositionSection } from "./sections/composition.js";
import { examplesSection } from "./sections/examples.js";
import { hyperparametersSection } from "./sections/hyperparameters.js";
import { numbersSection } from "./sections/numbers.js";
import { outcomeSection } from "./sections/outcome.js";
import { searchSection } from "./sections/search.js";
import { takersSection } from "./sections/takers.js";
import { unseenSection } from "./sections/unseen.js";

/** The sections that a run's report has, by id. */
function contents({ result }: ReportData): (readonly [id: string, title: string])[] {
  return [
    ...(result.adversarial === undefined ? [] : [["adversarial", "The swarm of test takers"] as const]),
    ["search", "Search"],
    ["composition", "What the questions are"],
    ["examples", "Before and after"],
    ["takers", "Test takers"],
    ...(result.unseen === null ? [] : [["unseen", "Unseen test takers"] as const]),
    ...(result.search === undefined ? [] : [["hyperparameters", "Hyperparameter search"] as const]),
    ["numbers", "Numbers"],
  ];
}

/** A run's report: one HTML page with its style and pictures inside, which asks for nothing else and needs no script. */
export async function renderReport(data: ReportData): Promise<string> {
  const { name, domain, objective, result } = data;
  if (result.method !== undefined) return renderBaseline(data, result.method);
  const [outcome, adversarial, search, composition, takers, hyperparameters, numbers] = await Promise.all([
    outcomeSection(data),
    adversarialSection(data),
    searchSection(data),
    compositionSection(data),
    takersSection(data),
    hyperparametersSection(data),
    numbersSection(data),
  ]);
  return renderPage({
    title: `${name}: swarm report`,
    heading: name,
    lead: html`Evaluation data on ${domain}, optimised for <strong>${objective}</strong> by a swarm of
      ${swarmSize(data)} generators`,
    sections: contents(data),
    main: [
      outcome,
      adversarial,
      search,
      composition,
      examplesSection(data),
      takers,
      unseenSection(data),
      hyperparameters,
      numbers,
    ],
    footer: `Run ${data.result.runId}, digest ${data.result.digest.slice(0, 12)}.`,
  });
}

function swarmSize({ result }: ReportData): string {
  return String(result.initial.length);
}
