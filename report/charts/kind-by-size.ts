import type { TopLevelSpec } from "vega-lite";
import type { Composition } from "../composition.js";
import { COLOURS, SIDE_LABELS, type SideLabels, type Width, WIDTHS } from "../theme.js";

const CELL = 30;

/** Where the questions are in kind and size, at start and at the best: the more of them, the fuller the cell. */
export function kindBySizeChart(
  { byKindAndSize, kinds, sizes }: Composition,
  width: Width,
  labels: SideLabels = SIDE_LABELS,
): TopLevelSpec {
  const wide = width === WIDTHS.wide;
  // Room for the kinds' names.
  const names = wide ? 170 : 160;
  const inner = Math.floor(wide ? (width - names - 24) / 2 : width - names - 10);
  const panels = [labels.start, labels.best];
  const header = {
    labelAnchor: "start",
    labelOrient: "top",
    labelAngle: 0,
    labelFontSize: 12,
    labelPadding: 4,
  } as const;
  const panel = { field: "side", type: "nominal", sort: panels, title: null, header } as const;
  return {
    data: {
      values: byKindAndSize.map((cell) => ({ ...cell, side: labels[cell.side], written: written(cell.share) })),
    },
    facet: wide ? { column: panel } : { row: panel },
    spacing: 20,
    resolve: { scale: { opacity: "shared" } },
    spec: {
      width: inner,
      height: CELL * kinds.length,
      encoding: {
        y: { field: "kind", type: "nominal", sort: [...kinds], title: null },
        x: { field: "size", type: "nominal", sort: [...sizes], title: "size", axis: { labelAngle: 0 } },
      },
      layer: [
        {
          mark: { type: "rect", color: COLOURS.fresh, stroke: COLOURS.line },
          encoding: {
            fillOpacity: {
              field: "share",
              type: "quantitative",
              legend: null,
              scale: { domainMin: 0, range: [0, 0.6] },
            },
          },
        },
        { mark: { type: "text", fontSize: wide ? 11 : 9 }, encoding: { text: { field: "written" } } },
      ],
    },
  };
}

/** Whole per cent; nothing where there is no question, so that empty cells look empty. */
function written(share: number): string {
  if (share === 0) return "";
  return share < 0.005 ? "<1" : (100 * share).toFixed(0);
}
