import type { TopLevelSpec } from "vega-lite";
import type { RunResult } from "../result.js";
import { COLOURS, type Layer, type Width, WIDTHS } from "../theme.js";
import { foundMark, stepAxis } from "./by-step.js";
import { freshLayers } from "./fresh-layers.js";
import { scoreDomain, trajectoryOf } from "../trajectory.js";

const X = stepAxis("iteration", "iteration (0 is the initial swarm)");
/** Of the four series: solid, dashed, solid, dotted. */
const DASHES = [
  [1, 0],
  [6, 3],
  [1, 0],
  [2, 3],
];

const SERIES = ["best so far", "best of the iteration", "mean", "worst of the iteration"] as const;
type Series = (typeof SERIES)[number];

/** Best, mean and worst searched score of every iteration, the best so far, and what the best scored on fresh questions. */
export function scoreByIterationChart(result: RunResult, width: Width): TopLevelSpec {
  const points = trajectoryOf(result.iterations);
  const wide = width === WIDTHS.wide;
  const series = (name: Series, value: (point: (typeof points)[number]) => number | null): object[] =>
    points.map((point) => ({ iteration: point.iteration, series: name, score: value(point) }));
  const steps = series("best so far", ({ bestSoFar }) => bestSoFar);
  const lines = [
    ...series("best of the iteration", ({ best }) => best),
    ...series("mean", ({ mean }) => mean),
    ...series("worst of the iteration", ({ worst }) => worst),
  ];
  const color = {
    field: "series",
    type: "nominal",
    scale: { domain: [...SERIES], range: [COLOURS.best, COLOURS.best, COLOURS.ink, COLOURS.start] },
    legend: { columns: wide ? 4 : 1, symbolType: "stroke", symbolSize: 300 },
  } as const;
  const strokeDash = { field: "series", type: "nominal", scale: { domain: [...SERIES], range: DASHES } } as const;
  return {
    width,
    height: wide ? 300 : 260,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      y: {
        field: "score",
        type: "quantitative",
        title: "searched score",
        scale: { domain: scoreDomain(result), nice: true },
      },
    },
    layer: [
      {
        data: { values: points.map(({ iteration, worst, best }) => ({ iteration, low: worst, high: best })) },
        mark: { type: "area", opacity: 0.12, color: COLOURS.muted, invalid: "break-paths-show-domains" },
        encoding: {
          x: X,
          y: { field: "low", type: "quantitative" },
          y2: { field: "high" },
        },
      },
      {
        data: { values: steps },
        mark: { type: "line", interpolate: "step-after", strokeWidth: 3, invalid: "break-paths-show-domains" },
        encoding: { x: X, color, strokeDash },
      },
      {
        data: { values: lines },
        mark: { type: "line", strokeWidth: 2, invalid: "break-paths-show-domains" },
        encoding: { x: X, color, strokeDash },
      },
      {
        data: { values: lines },
        mark: { type: "point", filled: true, size: 36, opacity: 1, invalid: "filter" },
        encoding: { x: X, color },
      },
      ...freshLayers(result),
      ...foundLayers(result),
    ],
  };
}

/** The moment when the best generator was found. */
function foundLayers({ best }: RunResult): Layer[] {
  if (best === null) return [];
  const data = { values: [{ iteration: best.iteration, score: best.searched }] };
  return [
    {
      data,
      mark: foundMark(COLOURS.best),
      encoding: { x: X },
    },
    {
      data,
      mark: { type: "text", dy: -16, fontWeight: "bold" },
      encoding: { x: X, text: { value: "best found" } },
    },
  ];
}
