import type { TopLevelSpec } from "vega-lite";
import * as format from "../format.js";
import type { Usage } from "../result.js";
import { COLOURS, type Width } from "../theme.js";

const STAGE_HEIGHT = 26;

/** Wall seconds by stage, longest first. */
export function stageSecondsChart({ seconds }: Usage, width: Width): TopLevelSpec {
  const stages = Object.entries(seconds).sort(([, one], [, other]) => other - one);
  const longest = stages[0]?.[1] ?? 0;
  return {
    data: { values: stages.map(([stage, value]) => ({ stage, seconds: value, written: format.duration(value) })) },
    width,
    height: STAGE_HEIGHT * stages.length,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      y: { field: "stage", type: "nominal", sort: stages.map(([stage]) => stage), title: null },
      // Room for what is written at the end of the longest bar.
      x: {
        field: "seconds",
        type: "quantitative",
        title: "seconds",
        scale: { domain: [0, longest * 1.15 || 1], nice: true },
        axis: { tickCount: 5 },
      },
    },
    layer: [
      { mark: { type: "bar", color: COLOURS.start, height: { band: 0.7 } } },
      { mark: { type: "text", align: "left", dx: 5 }, encoding: { text: { field: "written" } } },
    ],
  };
}
