import type { TopLevelSpec } from "vega-lite";
import { generatorName } from "../generator-name.js";
import * as format from "../format.js";
import { headlineOf } from "../headline.js";
import type { FreshScore, RunResult } from "../result.js";
import { COLOURS, type Layer, type Width, WIDTHS } from "../theme.js";

const ROW_HEIGHT = 34;

interface Row {
  readonly generator: string;
  readonly score: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly written: string;
}

/** Fresh score of the best and of every initial generator, a dot with its interval; the searched score as a hollow diamond. */
export function freshScoresChart(result: RunResult, width: Width): TopLevelSpec {
  const { best, initial } = result;
  const initialRows = initial.flatMap(({ particle, fresh }) => rows(generatorName(`initial-${particle}`), fresh));
  const bestRows = best === null ? [] : rows(generatorName("best"), best.fresh);
  const order = [generatorName("best"), ...initial.map(({ particle }) => generatorName(`initial-${particle}`))];
  const strongest = headlineOf(result).strongest?.fresh.score ?? null;
  const searched = best === null ? [] : [{ generator: generatorName("best"), score: best.searched }];
  const y = rowsIn(order);
  return {
    width,
    height: ROW_HEIGHT * order.length,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      x: {
        field: "score",
        type: "quantitative",
        title: `fresh score: ${result.objective}`,
        scale: { zero: false, nice: true },
        axis: { tickCount: width === WIDTHS.wide ? 8 : 4 },
      },
    },
    layer: [
      ...(strongest === null ? [] : [reference(strongest)]),
      ...intervals(initialRows, y, { colour: COLOURS.start, shape: "circle" }),
      ...intervals(bestRows, y, { colour: COLOURS.best, shape: "diamond" }),
      {
        data: { values: searched },
        mark: {
          type: "point",
          shape: "diamond",
          size: 130,
          filled: false,
          stroke: COLOURS.best,
          strokeWidth: 2,
          opacity: 1,
        },
        encoding: { y },
      },
    ],
  };
}

function rows(generator: string, { score, low, high }: FreshScore): Row[] {
  return score === null ? [] : [{ generator, score, low, high, written: format.score(score) }];
}

function reference(score: number): Layer {
  return {
    data: { values: [{ score }] },
    mark: { type: "rule", color: COLOURS.start, strokeDash: [4, 4] },
  };
}

type Position = ReturnType<typeof rowsIn>;

function rowsIn(order: string[]) {
  return { field: "generator", type: "nominal" as const, sort: order, title: null, scale: { domain: order } };
}

function intervals(values: readonly Row[], y: Position, { colour, shape }: { colour: string; shape: string }): Layer[] {
  if (values.length === 0) return [];
  const data = { values: [...values] };
  return [
    {
      data,
      mark: { type: "rule", color: colour, strokeWidth: 3, strokeCap: "round" },
      encoding: { y, x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
    },
    { data, mark: { type: "point", shape, size: 130, filled: true, color: colour, opacity: 1 }, encoding: { y } },
    {
      data,
      mark: { type: "text", dy: -13, fontSize: 12, color: COLOURS.ink },
      encoding: { y, text: { field: "written" } },
    },
  ];
}
