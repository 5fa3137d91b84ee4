import type { TopLevelSpec } from "vega-lite";
import type { HyperparameterSearch, SearchedRun } from "../hyperparameter-search.js";
import { COEFFICIENTS, shortName, SYMBOLS } from "../searched-runs.js";
import { COLOURS, type Layer, type Width, WIDTHS } from "../theme.js";

const ROW_HEIGHT = 26;
const PANEL_HEIGHT = 120;
/** Room for the labels of the vertical axis and the padding. */
const AXIS = 60;
const GAP = 16;

/** Room for a point at either end. */
const SCALE = { zero: false, nice: false, padding: 12 } as const;

const SEARCHED_MARK = {
  type: "point",
  shape: "diamond",
  size: 90,
  filled: false,
  stroke: COLOURS.best,
  strokeWidth: 2,
  opacity: 1,
} as const;
const FRESH_MARK = {
  type: "point",
  shape: "circle",
  size: 60,
  filled: true,
  color: COLOURS.fresh,
  opacity: 1,
} as const;

/** Searched and fresh score of every run, the highest searched one on top: how far the choice flatters itself. */
export function scoresByRunChart({ runs, winner }: HyperparameterSearch, width: Width): TopLevelSpec {
  const ordered = byScore(runs);
  const name = ({ runId }: SearchedRun): string => `${shortName(runId)}${runId === winner ? " (winner)" : ""}`;
  const y = {
    field: "run",
    type: "nominal",
    sort: ordered.map(name),
    title: null,
    scale: { domain: ordered.map(name) },
  } as const;
  const values = ordered.map((run) => ({ run: name(run), searched: run.searched, ...run.fresh }));
  return {
    data: { values },
    width,
    height: ROW_HEIGHT * ordered.length,
    autosize: { type: "fit-x", contains: "padding" },
    encoding: {
      y,
      x: {
        type: "quantitative",
        title: "score",
        scale: SCALE,
        axis: { tickCount: width === WIDTHS.wide ? 8 : 4 },
      },
    },
    layer: [
      {
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", color: COLOURS.fresh, strokeWidth: 3, strokeCap: "round" },
        encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
      ...points("x"),
    ],
  };
}

/** The same scores by the value of each coefficient, one small picture a coefficient. */
export function scoresByCoefficientChart({ runs }: HyperparameterSearch, width: Width): TopLevelSpec {
  const columns = width === WIDTHS.wide ? COEFFICIENTS.length : 2;
  const values = runs.flatMap(({ coefficients, searched, fresh }) =>
    COEFFICIENTS.map((name) => ({
      coefficient: title(name),
      value: coefficients[name],
      searched,
      score: fresh?.score ?? null,
    })),
  );
  return {
    data: { values },
    facet: {
      field: "coefficient",
      type: "nominal",
      sort: COEFFICIENTS.map(title),
      title: null,
      header: { labelAnchor: "start" },
    },
    columns,
    spacing: GAP,
    resolve: { scale: { x: "independent" } },
    spec: {
      width: Math.floor((width - AXIS - (columns - 1) * GAP) / columns),
      height: PANEL_HEIGHT,
      encoding: {
        x: {
          field: "value",
          type: "quantitative",
          title: null,
          scale: SCALE,
          axis: { tickCount: 4, grid: false },
        },
        y: { type: "quantitative", title: "score", scale: SCALE, axis: { tickCount: 4 } },
      },
      layer: points("y"),
    },
  };
}

function points(channel: "x" | "y"): Layer[] {
  const layer = (field: string, mark: typeof SEARCHED_MARK | typeof FRESH_MARK): Layer => ({
    transform: [{ filter: `isValid(datum.${field})` }],
    mark,
    encoding: { [channel]: { field, type: "quantitative" } },
  });
  return [layer("score", FRESH_MARK), layer("searched", SEARCHED_MARK)];
}

function title(name: (typeof COEFFICIENTS)[number]): string {
  return `${name} ${SYMBOLS[name]}`;
}

/** The highest searched score first, of equals the one that was drawn first. */
function byScore(runs: readonly SearchedRun[]): SearchedRun[] {
  return runs.toSorted((one, other) => (other.searched ?? -Infinity) - (one.searched ?? -Infinity) || 0);
}
