import { kindBySizeChart } from "../charts/kind-by-size.js";
import { kindsChart, sizesChart } from "../charts/shares.js";
import { type Composition, compositionOf, type Share } from "../composition.js";
import { renderFigure } from "../figure.js";
import * as format from "../format.js";
import { type Html, html, NOTHING } from "../html.js";
import type { ReportData } from "../report-data.js";
import { SIDE_LABELS, type SideLabels } from "../theme.js";
import { questionLengths } from "./lengths.js";

/** What the questions are, at start and at the best generator. */
export function compositionSection(data: ReportData): Promise<Html> {
  const { generators, domain } = data;
  const composition = compositionOf(generators);
  const { totals } = composition;
  return renderComposition(composition, {
    labels: SIDE_LABELS,
    counted: `Valid fresh questions (${domain}): ${format.count(totals.start)} at start, ${format.count(totals.best)} of the best generator.`,
    lengths: questionLengths(data),
  });
}

/** @param texts what the two sides are called, a sentence on how many questions there are of each, and how long they are */
export async function renderComposition(
  composition: Composition,
  {
    labels,
    counted,
    lengths = NOTHING,
  }: { readonly labels: SideLabels; readonly counted: string; readonly lengths?: Html },
): Promise<Html> {
  const { totals, kinds, sizes, byKind, bySize, byKindAndSize } = composition;
  if (totals.start + totals.best === 0)
    return html`<section aria-labelledby="composition">
      <h2 id="composition">What the questions are</h2>
      <p>No kinds and sizes of questions are known for this run.</p>
      ${lengths}
    </section>`;
  return html`<section aria-labelledby="composition">
    <h2 id="composition">What the questions are</h2>
    <p>${changeSentences(composition)}</p>
    ${await renderFigure({
      id: "kinds",
      title: "Kinds of questions",
      description: `Share by kind. ${spoken(byKind, "kind", labels)}`,
      caption: counted,
      spec: (width) => kindsChart(byKind, kinds, width, labels),
    })}
    ${await renderFigure({
      id: "sizes",
      title: "Sizes of questions",
      description: `Share by size. ${spoken(bySize, "size", labels)}`,
      caption: "Size is what the domain's grader measures, such as a graph's number of nodes.",
      spec: (width) => sizesChart(bySize, sizes, width, labels),
    })}
    ${await renderFigure({
      id: "kind-by-size",
      title: "Kind by size",
      description: `The most frequent combinations. ${spoken(mostFrequent(byKindAndSize), "both", labels)}`,
      caption: "Per cent of the side's valid questions in each cell; empty cells have none.",
      spec: (width) => kindBySizeChart(composition, width, labels),
    })}
    ${lengths}
  </section>`;
}

function changeSentences({ byKind, meanSize, totals }: Composition): string {
  if (totals.start === 0 || totals.best === 0) return "Only one side has questions, so there is nothing to compare.";
  const change = (kind: string): number => shareOf(byKind, kind, "best") - shareOf(byKind, kind, "start");
  const moved = [...new Set(byKind.map(({ kind }) => kind))].sort(
    (one, other) => Math.abs(change(other)) - Math.abs(change(one)),
  );
  const largest = moved
    .slice(0, 2)
    .map(
      (kind) =>
        `${kind} from ${format.percent(shareOf(byKind, kind, "start"))} to ${format.percent(shareOf(byKind, kind, "best"))}`,
    );
  const sizes = `Mean size went from ${meanSize.start?.toFixed(1) ?? "–"} to ${meanSize.best?.toFixed(1) ?? "–"}.`;
  return `Largest changes in kind: ${largest.join(", ")}. ${sizes}`;
}

function shareOf(shares: readonly Share[], kind: string, side: Share["side"]): number {
  return shares.find((one) => one.kind === kind && one.side === side)?.share ?? 0;
}

function mostFrequent(shares: readonly Share[]): Share[] {
  const top = (side: Share["side"]): Share[] =>
    shares
      .filter((one) => one.side === side && one.questions > 0)
      .sort((one, other) => other.share - one.share)
      .slice(0, 5);
  return [...top("start"), ...top("best")];
}

function spoken(shares: readonly Share[], by: "kind" | "size" | "both", labels: SideLabels): string {
  const name = ({ kind, size }: Share): string =>
    by === "kind" ? kind : by === "size" ? `size ${size}` : `${kind} of size ${size}`;
  return shares.map((share) => `${labels[share.side]}, ${name(share)}: ${format.percent(share.share)}.`).join(" ");
}
