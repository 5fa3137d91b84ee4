import * as format from "../format.js";
import type { RunResult } from "../result.js";
import { COLOURS, type Layer } from "../theme.js";

/** A line across a picture of searched scores: what the best scored on fresh questions. None where it has no fresh score. */
export function freshLayers({ best }: RunResult): Layer[] {
  if (best === null || best.fresh.score === null) return [];
  const data = { values: [{ score: best.fresh.score }] };
  return [
    {
      data,
      mark: { type: "rule", strokeWidth: 2, color: COLOURS.fresh, strokeDash: [8, 4] },
    },
    {
      data,
      mark: { type: "text", align: "left", dx: 6, dy: 12, color: COLOURS.fresh },
      encoding: {
        x: { value: 0 },
        text: { value: `fresh questions: ${format.score(best.fresh.score)}` },
      },
    },
  ];
}
