import { adversarialSentences, leaderCurve, trainingName } from "../adversarial.js";
import type { AdversarialResult } from "../adversarial-result.js";
import { trainingComparisonChart } from "../charts/training-comparison.js";
import { windowAndHeldOutChart } from "../charts/window-and-held-out.js";
import { renderFigure } from "../figure.js";
import * as format from "../format.js";
import { type Html, html, NOTHING } from "../html.js";
import type { ReportData } from "../report-data.js";
import type { FreshScore } from "../result.js";
import { renderTable } from "../table.js";

/** How the test takers did that moved against the generators, and what that is worth; nothing where takers do not move. */
export async function adversarialSection({ result: { adversarial } }: ReportData): Promise<Html> {
  if (adversarial === undefined) return NOTHING;
  const [found, ...more] = adversarialSentences(adversarial);
  return html`<section aria-labelledby="adversarial">
    <h2 id="adversarial">The swarm of test takers</h2>
    <p class="lead">${found ?? ""}</p>
    ${more.map((sentence) => html`<p>${sentence}</p>`)}
    ${await renderFigure({
      id: "training-comparison",
      title: "Test questions: the swarm's taker and other ways of learning",
      description: described(adversarial),
      caption:
        "Share of test questions right, with 95 % bootstrap intervals. Blue: one base model, fine-tuned by one recipe on as many questions as the search's generators wrote. The best taker was chosen on the window, never on these questions.",
      spec: (width) => trainingComparisonChart(adversarial, width),
    })}
    ${comparisonTable(adversarial)}
    ${await renderFigure({
      id: "window-and-held-out",
      title: "Window and held-out questions",
      description: leaderCurve(adversarial)
        .map(
          ({ iteration, window, heldOut }) =>
            `Iteration ${iteration}: ${format.percent(window)}, ${format.percent(heldOut)}.`,
        )
        .join(" "),
      caption: `The taker that leads on the window in each iteration: there (dashed), and on ${adversarial.heldOutQuestions} questions that neither swarm sees (solid). The generators make the window harder while the takers learn it; only the held-out line is the same questions throughout. Thin: every taker. The diamond marks the best taker.`,
      spec: (width) => windowAndHeldOutChart(adversarial, width),
    })}
    <details>
      <summary>Every taker by iteration as a table</summary>
      ${iterationTable(adversarial)}
    </details>
  </section>`;
}

function described({ best, comparisons, initial }: AdversarialResult): string {
  const line = (name: string, { score }: FreshScore): string => `${name}: ${percent(score)}.`;
  return [
    line(`Best taker, ${best.taker}`, best.test),
    ...comparisons.map(({ training, test }) => line(trainingName(training), test)),
    ...initial.map(({ taker, test }) => line(`${taker} as it was`, test)),
  ].join(" ");
}

function comparisonTable({ best, comparisons, initial }: AdversarialResult): Html {
  const none = "–";
  const row = (name: string | Html, test: FreshScore, more: readonly string[]): (string | Html)[] => [
    name,
    percent(test.score),
    test.low === null || test.high === null ? none : `${format.percent(test.low)} to ${format.percent(test.high)}`,
    ...more,
  ];
  return renderTable({
    caption: "Share of test questions right, and one-tailed p-values of the best taker being above",
    columns: ["learnt from", "right", "95 % interval", "questions", "z-test", "paired test"],
    rows: [
      row(html`<strong>adversarial swarm (${best.taker})</strong>`, best.test, [none, none, none]),
      ...comparisons.map(({ training, questions, test, pValue, pValuePaired }) =>
        row(trainingName(training), test, [
          training === "base-model" ? none : format.count(questions),
          pValue === null ? none : format.probability(pValue),
          pValuePaired === null ? none : format.probability(pValuePaired),
        ]),
      ),
      ...initial.map(({ taker, test }) => row(`${taker} as it was`, test, [none, none, none])),
    ],
  });
}

function iterationTable({ takers, iterations }: AdversarialResult): Html {
  return renderTable({
    caption: "Share right of every taker: window, held-out",
    columns: ["iteration", "window", "new in it", ...takers],
    rows: iterations.map(({ iteration, window, heldOut, questions, entered }) => [
      String(iteration),
      format.count(questions),
      format.count(entered),
      ...takers.map((_, index) => `${format.percent(window[index]!)}, ${format.percent(heldOut[index]!)}`),
    ]),
  });
}

function percent(score: number | null): string {
  return score === null ? "nothing to learn" : format.percent(score);
}
