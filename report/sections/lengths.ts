import { generatorName } from "../generator-name.js";
import { type Html, html, NOTHING } from "../html.js";
import { comparedGenerators } from "../measured-generators.js";
import { type LengthSummary, summariseLengths } from "../question-lengths.js";
import type { GeneratorReport, ReportData } from "../report-data.js";
import { renderTable } from "../table.js";

/** How long the questions of the strongest initial generator and of the best one are; nothing where neither has any. */
export function questionLengths(data: ReportData): Html {
  const { start, best } = comparedGenerators(data);
  const before = start && measure(`${generatorName(start.label)} (strongest at start)`, start);
  const after = best && measure("best generator", best);
  const measured = [before, after].filter((one) => one !== undefined);
  if (measured.length === 0) return NOTHING;
  return html`<h3>Length</h3>
    ${
      before === undefined || after === undefined
        ? NOTHING
        : html`<p>
            The median length went from ${written(before.lengths.median)} to ${written(after.lengths.median)}
            characters.
          </p>`
    }
    ${renderTable({
      caption: "Characters of the valid fresh questions",
      columns: ["generator", "questions", "shortest", "lower quartile", "median", "upper quartile", "longest"],
      rows: measured.map(({ name, lengths }) => [name, ...figures(lengths)]),
    })}`;
}

function measure(
  name: string,
  { lengths }: GeneratorReport,
): { readonly name: string; readonly lengths: LengthSummary } | undefined {
  const summary = summariseLengths(lengths);
  return summary === null ? undefined : { name, lengths: summary };
}

function figures({ questions, shortest, lowerQuartile, median, upperQuartile, longest }: LengthSummary): string[] {
  return [questions, shortest, lowerQuartile, median, upperQuartile, longest].map(written);
}

/** Quartiles of whole numbers may lie between two. */
function written(characters: number): string {
  return String(Number(characters.toFixed(1)));
}
