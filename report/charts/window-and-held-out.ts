import type { TopLevelSpec } from "vega-lite";
import { leaderCurve } from "../adversarial.js";
import type { AdversarialResult } from "../adversarial-result.js";
import { COLOURS, type Width, WIDTHS } from "../theme.js";
import { foundMark, stepAxis } from "./by-step.js";

const X = stepAxis("iteration", "iteration (0 is the initial takers)");

const SERIES = ["window", "held-out questions", "held-out questions, every taker"] as const;
const DASHES = [
  [6, 3],
  [1, 0],
  [1, 0],
];

/**
 * Performance of the taker that leads on the window, there and on held-out questions, by iteration (Data Swarms, figure 2); every
 * taker's held-out performance as thin lines behind.
 */
export function windowAndHeldOutChart(result: AdversarialResult, width: Width): TopLevelSpec {
  const { takers, iterations, best } = result;
  const wide = width === WIDTHS.wide;
  const leaders = leaderCurve(result).flatMap(({ iteration, window, heldOut }) => [
    { iteration, series: SERIES[0], performance: window },
    { iteration, series: SERIES[1], performance: heldOut },
  ]);
  const all = takers.flatMap((taker, index) =>
    iterations.map(({ iteration, heldOut }) => ({
      iteration,
      taker,
      series: SERIES[2],
      performance: heldOut[index],
    })),
  );
  const found = { values: [{ iteration: best.iteration, performance: best.heldOut }] };
  const color = {
    field: "series",
    type: "nominal",
    scale: { domain: [...SERIES], range: [COLOURS.best, COLOURS.fresh, COLOURS.muted] },
    legend: { columns: wide ? 3 : 1, symbolType: "stroke", symbolSize: 300 },
  } as const;
  const strokeDash = { field: "series", type: "nominal", scale: { domain: [...SERIES], range: DASHES } } as const;
  return {
    width,
    height: wide ? 300 : 260,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      y: {
        field: "performance",
        type: "quantitative",
        title: "performance (share right)",
        scale: { zero: false, nice: true, padding: 8 },
        axis: { format: "%" },
      },
    },
    layer: [
      {
        data: { values: all },
        mark: { type: "line", strokeWidth: 1, opacity: 0.6 },
        encoding: { x: X, color, strokeDash, detail: { field: "taker" } },
      },
      { data: { values: leaders }, mark: { type: "line", strokeWidth: 2.5 }, encoding: { x: X, color, strokeDash } },
      {
        data: { values: leaders },
        mark: { type: "point", filled: true, size: 40, opacity: 1 },
        encoding: { x: X, color },
      },
      {
        data: found,
        mark: foundMark(COLOURS.fresh),
        encoding: { x: X },
      },
      {
        data: found,
        mark: { type: "text", dy: 20, fontWeight: "bold" },
        encoding: { x: X, text: { value: "best taker" } },
      },
    ],
  };
}
