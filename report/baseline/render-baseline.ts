import { html, NOTHING } from "../html.js";
import { renderPage } from "../page.js";
import type { ReportData } from "../report-data.js";
import { numbersSection } from "../sections/numbers.js";
import { baselineOutcome } from "./outcome.js";
import { baselineQuestions } from "./questions.js";
import { roundsSection } from "./rounds.js";
import { isSearch } from "./sentences.js";
import { baselineTakers } from "./takers.js";

/** The report of a baseline's run: what it gave and how, with nothing to compare it with but the seed data. */
export async function renderBaseline(data: ReportData, method: string): Promise<string> {
  const { name, domain, objective, result } = data;
  const searched = isSearch(result);
  const named = { ...data, generators: data.generators.map((one) => ({ ...one, label: method })) };
  const [rounds, questions, takers, numbers] = await Promise.all([
    searched ? roundsSection(data) : NOTHING,
    baselineQuestions(data, method),
    baselineTakers(data, method),
    numbersSection(named),
  ]);
  return renderPage({
    title: `${name}: ${method}`,
    heading: name,
    lead: html`Evaluation data on ${domain} by the baseline <strong>${method}</strong>, measured on
      <strong>${objective}</strong>`,
    sections: [
      ...(searched ? [["rounds", "Rounds"] as const] : []),
      ["composition", "What the questions are"],
      ["examples", "Examples"],
      ["takers", "Test takers"],
      ["numbers", "Numbers"],
    ],
    main: [baselineOutcome(data, method), rounds, questions, takers, numbers],
    footer: `Run ${result.runId}, digest ${result.digest.slice(0, 12)}.`,
  });
}
