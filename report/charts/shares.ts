import type { TopLevelSpec } from "vega-lite";
import type { Share } from "../composition.js";
import { COLOURS, SIDE_LABELS, type SideLabels, type Width, WIDTHS } from "../theme.js";

const KIND_HEIGHT = 42;

function sideScaleOf({ start, best }: SideLabels): { domain: string[]; range: string[] } {
  return { domain: [start, best], range: [COLOURS.start, COLOURS.best] };
}

/** Shares of questions by kind, at start above the best generator: horizontal bars, since kinds have long names. */
export function kindsChart(
  shares: readonly Share[],
  kinds: readonly string[],
  width: Width,
  labels: SideLabels = SIDE_LABELS,
): TopLevelSpec {
  const sideScale = sideScaleOf(labels);
  return {
    data: { values: labelled(shares, labels) },
    width,
    height: KIND_HEIGHT * kinds.length,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      y: { field: "kind", type: "nominal", sort: [...kinds], title: null, scale: { paddingInner: 0.3 } },
      yOffset: { field: "side", type: "nominal", sort: sideScale.domain },
      x: {
        field: "share",
        type: "quantitative",
        title: "share of valid questions",
        // Room for what is written at the end of the longest bar.
        scale: {
          domain: [
            0,
            (width === WIDTHS.wide ? 1.08 : 1.25) * shares.reduce((most, { share }) => Math.max(most, share), 0.01),
          ],
        },
        axis: { format: "%", tickCount: width === WIDTHS.wide ? 8 : 4 },
      },
    },
    layer: [
      {
        mark: { type: "bar" },
        encoding: {
          color: {
            field: "side",
            type: "nominal",
            scale: sideScale,
            legend: { columns: width === WIDTHS.wide ? 2 : 1 },
          },
        },
      },
      {
        mark: { type: "text", align: "left", dx: 4, fontSize: 11 },
        encoding: { text: { field: "share", type: "quantitative", format: ".0%" } },
      },
    ],
  };
}

/** Shares of questions by size, start and best side by side. */
export function sizesChart(
  shares: readonly Share[],
  sizes: readonly string[],
  width: Width,
  labels: SideLabels = SIDE_LABELS,
): TopLevelSpec {
  const sideScale = sideScaleOf(labels);
  return {
    data: { values: labelled(shares, labels) },
    width,
    height: 220,
    autosize: { type: "fit-x", contains: "padding" },
    mark: { type: "bar" },
    encoding: {
      x: {
        field: "size",
        type: "nominal",
        sort: [...sizes],
        title: "size",
        axis: { labelAngle: 0 },
        scale: { paddingInner: 0.25 },
      },
      xOffset: { field: "side", type: "nominal", sort: sideScale.domain },
      y: {
        field: "share",
        type: "quantitative",
        title: "share of valid questions",
        axis: { format: "%", tickCount: 5 },
      },
      color: { field: "side", type: "nominal", scale: sideScale, legend: { columns: width === WIDTHS.wide ? 2 : 1 } },
    },
  };
}

function labelled(shares: readonly Share[], labels: SideLabels): object[] {
  return shares.map((share) => ({ ...share, side: labels[share.side] }));
}
