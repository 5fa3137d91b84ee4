import type { TopLevelSpec } from "vega-lite";
import { trainingName } from "../adversarial.js";
import type { AdversarialResult } from "../adversarial-result.js";
import * as format from "../format.js";
import type { FreshScore } from "../result.js";
import { COLOURS, type Width, WIDTHS } from "../theme.js";

const BAR_HEIGHT = 32;

const GROUPS = ["adversarial swarm", "fine-tuned on", "initial takers"] as const;

interface Bar {
  readonly name: string;
  readonly group: (typeof GROUPS)[number];
  readonly performance: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly written: string;
}

/** Test performance with 95 % intervals of the best taker, of other ways of learning and of the takers as they were (figure 3). */
export function trainingComparisonChart(result: AdversarialResult, width: Width): TopLevelSpec {
  const { best, comparisons, initial } = result;
  const bars = [
    ...bar("best taker", GROUPS[0], best.test),
    ...comparisons.flatMap(({ training, test }) => bar(trainingName(training), GROUPS[1], test)),
    ...initial.flatMap(({ taker, test }) => bar(taker, GROUPS[2], test)),
  ];
  const order = bars.map(({ name }) => name);
  return {
    data: { values: bars },
    width,
    height: BAR_HEIGHT * bars.length,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      y: {
        field: "name",
        type: "nominal",
        sort: order,
        title: null,
        axis: { labelLimit: 220 },
      },
    },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.7 } },
        encoding: {
          x: {
            field: "performance",
            type: "quantitative",
            title: "share of test questions right",
            // Room for what is written at the end of the longest interval.
            scale: { domain: [0, 1.1] },
            axis: { format: "%", values: [0, 0.25, 0.5, 0.75, 1] },
          },
          color: {
            field: "group",
            type: "nominal",
            scale: { domain: [...GROUPS], range: [COLOURS.best, COLOURS.start, COLOURS.muted] },
            legend: { columns: width === WIDTHS.wide ? 3 : 1, symbolType: "square" },
          },
        },
      },
      {
        mark: { type: "rule", color: COLOURS.ink, strokeWidth: 2 },
        encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
      {
        mark: { type: "text", align: "left", dx: 5 },
        encoding: { x: { field: "high", type: "quantitative" }, text: { field: "written" } },
      },
    ],
  };
}

function bar(name: string, group: Bar["group"], { score, low, high }: FreshScore): Bar[] {
  return score === null ? [] : [{ name, group, performance: score, low, high, written: format.percent(score) }];
}
