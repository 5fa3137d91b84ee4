import type { TopLevelSpec } from "vega-lite";
import type { RunResult } from "../result.js";
import { COLOURS, type Width, WIDTHS } from "../theme.js";
import { scoreDomain } from "../trajectory.js";
import { foundMark } from "./by-step.js";

const HEIGHT = 110;
/** Room for the labels of the vertical axis and the padding. */
const AXIS = 60;
const GAP = 16;

/** Every particle's searched score by iteration, one small picture a particle; a gap and a cross where it had no score. */
export function particlePathsChart(result: RunResult, width: Width): TopLevelSpec {
  const columns = width === WIDTHS.wide ? 4 : 2;
  const domain = scoreDomain(result);
  const values = result.iterations.flatMap(({ iteration, scores }) =>
    scores.map((score, particle) => ({
      iteration,
      particle: `particle ${particle}`,
      score,
      none: score === null,
      found: result.best?.iteration === iteration && result.best.particle === particle,
    })),
  );
  return {
    data: { values },
    facet: { field: "particle", type: "nominal", sort: null, title: null, header: { labelAnchor: "start" } },
    columns,
    spacing: GAP,
    spec: {
      width: Math.floor((width - AXIS - (columns - 1) * GAP) / columns),
      height: HEIGHT,
      encoding: {
        x: {
          field: "iteration",
          type: "quantitative",
          title: "iteration",
          axis: { format: "d", tickMinStep: 1, grid: false, tickCount: 4 },
        },
        y: {
          field: "score",
          type: "quantitative",
          title: "score",
          scale: { domain, nice: true },
          axis: { tickCount: 4 },
        },
      },
      layer: [
        { mark: { type: "line", color: COLOURS.start, strokeWidth: 2, invalid: "break-paths-show-domains" } },
        { mark: { type: "point", color: COLOURS.start, filled: true, size: 24, opacity: 1, invalid: "filter" } },
        {
          transform: [{ filter: "datum.none" }],
          mark: {
            type: "point",
            shape: "M-1,-1L1,1M-1,1L1,-1",
            size: 20,
            stroke: COLOURS.ink,
            strokeWidth: 1.5,
            opacity: 1,
          },
          encoding: { y: { value: HEIGHT - 6 } },
        },
        {
          transform: [{ filter: "datum.found" }],
          mark: { ...foundMark(COLOURS.best), size: 160 },
        },
      ],
    },
  };
}
