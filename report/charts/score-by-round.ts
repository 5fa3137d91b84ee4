import type { TopLevelSpec } from "vega-lite";
import type { RunResult } from "../result.js";
import { COLOURS, type Width, WIDTHS } from "../theme.js";
import { foundMark, stepAxis } from "./by-step.js";
import { freshLayers } from "./fresh-layers.js";
import { scoreDomain } from "../trajectory.js";

/** What a method held after each round, the best of it, and what that scored on fresh questions. */
export function scoreByRoundChart(result: RunResult, width: Width): TopLevelSpec {
  const { best, iterations } = result;
  const points = iterations.map(({ iteration, scores: [score = null] }) => ({ round: iteration, score }));
  const x = stepAxis("round", "round");
  const marked = best === null ? [] : [{ round: best.iteration, score: best.searched }];
  return {
    width,
    height: width === WIDTHS.wide ? 260 : 220,
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
        data: { values: points },
        mark: { type: "line", color: COLOURS.best, strokeWidth: 2, invalid: "break-paths-show-domains" },
        encoding: { x },
      },
      {
        data: { values: points },
        mark: { type: "point", color: COLOURS.best, filled: true, size: 40, opacity: 1, invalid: "filter" },
        encoding: { x },
      },
      {
        data: { values: marked },
        mark: foundMark(COLOURS.best),
        encoding: { x },
      },
      ...freshLayers(result),
    ],
  };
}
