import type { TopLevelSpec } from "vega-lite";
import { COLOURS, type Width, WIDTHS } from "../theme.js";

const TAKER_HEIGHT = 52;

/** One test taker's performance on one generator's fresh questions. */
export interface TakerPerformance {
  readonly taker: string;
  readonly generator: string;
  readonly performance: number;
  readonly low: number;
  readonly high: number;
}

/** Performance by taker on the questions of one or two generators, with intervals; the same shapes as for fresh scores. */
export function takerPerformanceChart(
  values: readonly TakerPerformance[],
  {
    takers,
    generators,
    width,
  }: { takers: readonly string[]; generators: readonly [string] | readonly [string, string]; width: Width },
): TopLevelSpec {
  const domain = [...generators];
  const alone = domain.length === 1;
  const colour = {
    field: "generator",
    type: "nominal",
    scale: { domain, range: alone ? [COLOURS.best] : [COLOURS.start, COLOURS.best] },
  } as const;
  return {
    data: { values: [...values] },
    width,
    height: TAKER_HEIGHT * takers.length,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      y: { field: "taker", type: "nominal", sort: [...takers], title: null, scale: { paddingInner: 0.4 } },
      yOffset: { field: "generator", type: "nominal", sort: domain },
      x: {
        field: "performance",
        type: "quantitative",
        title: "performance (share right)",
        scale: { domain: [0, 1] },
        axis: { format: "%", tickCount: 5 },
      },
      color: { ...colour, legend: { columns: width === WIDTHS.wide ? 2 : 1, symbolOpacity: 1 } },
    },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 3, strokeCap: "round" },
        encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
      {
        mark: { type: "point", filled: true, size: 110, opacity: 1 },
        encoding: {
          shape: {
            field: "generator",
            type: "nominal",
            scale: { domain, range: alone ? ["diamond"] : ["circle", "diamond"] },
          },
        },
      },
    ],
  };
}
