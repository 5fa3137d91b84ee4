import { renderFigure } from "../figure.js";
import { type Html, html, type HtmlValue } from "../html.js";
import { renderPage } from "../page.js";
import { renderTable } from "../table.js";
import type { Comparison, ComparedSetting } from "./comparison.js";
import { documentOf, TITLE } from "./document.js";
import type { SettingFamily } from "./group-settings.js";
import { describeScores, methodScoresChart, type ScoreMark } from "./method-scores-chart.js";
import { type DocumentSection, type TableCell, type TableModel, withNotesOnce } from "./table-model.js";

/** Figures of the first section: what the paper draws for each family of settings. */
const FIGURES: Readonly<Record<SettingFamily, { readonly title: string; readonly mark: ScoreMark }>> = {
  single: { title: "Fresh scores by method", mark: "dot" },
  personalized: { title: "Personalized questions by method", mark: "bar" },
  composite: { title: "Weighted means of objectives by method", mark: "bar" },
};

/** The comparison as one page in the style of a run's report: with its pictures inside, it asks for nothing else. */
export async function renderComparisonPage(comparison: Comparison): Promise<string> {
  const sections = documentOf(comparison, { detailed: true });
  const pictures = await figures(comparison);
  return renderPage({
    title: `${TITLE}: swarm compare`,
    heading: TITLE,
    lead: `${count(comparison.methods.length, "method")} in ${count(comparison.settings.length, "setting")}, ${count(comparison.runs, "run")}`,
    sections: sections.map(({ id, title }) => [id, title]),
    main: sections.map((section) => sectionHtml(section, section.id === "scores" ? pictures : [])),
    footer: `Bootstrap of ${comparison.resamples} draws.`,
  });
}

function sectionHtml({ id, title, paragraphs, tables, items }: DocumentSection, pictures: readonly Html[]): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${paragraphs.map((sentence) => html`<p>${sentence}</p>`)} ${withNotesOnce(tables).map(tableHtml)} ${pictures}
    ${
      items.length === 0
        ? []
        : html`<ul>
            ${items.map((item) => html`<li>${item}</li>`)}
          </ul>`
    }
  </section>`;
}

function tableHtml({ caption, columns, rows, notes }: TableModel): HtmlValue {
  return [
    renderTable({ caption, columns, rows: rows.map(({ header, cells }) => [header, ...cells.map(cellHtml)]) }),
    ...(notes.length === 0 ? [] : [html`<p class="muted"><small>${notes.join(" ")}</small></p>`]),
  ];
}

function cellHtml({ text, rank, detail, stars = 0, mark = "" }: TableCell): Html {
  const ranked = rank === "best" ? html`<strong>${text}</strong>` : rank === "second" ? html`<u>${text}</u>` : text;
  const raised = stars === 0 && mark === "" ? "" : html`<sup>${"*".repeat(stars)}${mark}</sup>`;
  return html`${ranked}${raised}${detail === undefined ? "" : html` <small>${detail}</small>`}`;
}

async function figures({ settings, methods }: Comparison): Promise<Html[]> {
  const families = (Object.keys(FIGURES) as SettingFamily[]).map((family) => ({
    family,
    drawn: settings.filter((setting) => setting.family === family && hasScore(setting)),
  }));
  return Promise.all(
    families
      .filter(({ drawn }) => drawn.length > 0)
      .map(({ family, drawn }) =>
        renderFigure({
          id: `figure-${family}`,
          title: FIGURES[family].title,
          description: describeScores(drawn),
          caption:
            "Mean of the fresh scores with its 95 % interval (bootstrap over repeats and questions); the best stands out.",
          spec: (width) => methodScoresChart(drawn, { methods, mark: FIGURES[family].mark, width }),
        }),
      ),
  );
}

function hasScore({ cells }: ComparedSetting): boolean {
  return cells.some(({ mean }) => mean !== null);
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
