import type { TopLevelSpec } from "vega-lite";
import { COLOURS, type Width, WIDTHS } from "../theme.js";
import type { UnseenSetting } from "./comparison.js";
import { settingName } from "./group-settings.js";
import { decimals } from "./numbers.js";
import { rankMeans } from "./rank.js";

const ROW_HEIGHT = 24;
/** Beside the bars: names of methods. */
const NAMES = 210;
const NARROW_NAMES = 170;
const GAP = 40;
const LINE_BREAK = "\n";
/** About the width of a bold one. */
const CHARACTER = 7;

/** `bar`: from zero. `dot`: on a scale of its own, for scores that lie close together. */
export type ScoreMark = "bar" | "dot";

/** Fresh scores of every method, a panel a setting, with 95 % intervals; the best of a setting stands out. */
export function methodScoresChart(
  settings: readonly UnseenSetting[],
  { methods, mark, width }: { readonly methods: readonly string[]; readonly mark: ScoreMark; readonly width: Width },
): TopLevelSpec {
  const columns = width === WIDTHS.wide ? Math.min(2, settings.length) : 1;
  const names = width === WIDTHS.wide ? NAMES : NARROW_NAMES;
  const panel = Math.floor((width - names - GAP * (columns - 1) - 20) / columns);
  const values = settings.flatMap((setting) => valuesOf(setting, methods, panel));
  const shown = methods.filter((method) => values.some((value) => value.method === method));
  const y = { field: "method", type: "nominal" as const, sort: [...shown], title: null, scale: { domain: [...shown] } };
  const x = {
    field: "score",
    type: "quantitative" as const,
    title: null,
    scale: { zero: mark === "bar", nice: true },
    axis: { tickCount: 4 },
  };
  const colour = { condition: { test: "datum.best", value: COLOURS.best }, value: COLOURS.start };
  return {
    data: { values },
    facet: {
      field: "setting",
      type: "nominal",
      sort: settings.map((setting) => panelName(setting, panel)),
      header: {
        title: null,
        labelAnchor: "start",
        labelFontSize: 12,
        labelLimit: 0,
        labelExpr: `split(datum.value, ${JSON.stringify(LINE_BREAK)})`,
      },
    },
    columns,
    spacing: GAP / 2,
    resolve: { scale: { x: "independent" }, axis: { x: "independent" } },
    spec: {
      width: panel,
      height: ROW_HEIGHT * shown.length,
      encoding: { y, x },
      layer: [
        mark === "bar"
          ? { mark: { type: "bar", height: ROW_HEIGHT - 8 }, encoding: { color: colour } }
          : { mark: { type: "point", filled: true, size: 90, opacity: 1 }, encoding: { color: colour } },
        {
          mark: { type: "rule", strokeWidth: 2, color: mark === "bar" ? COLOURS.ink : COLOURS.muted },
          encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
        },
      ],
    },
  };
}

function valuesOf(
  setting: UnseenSetting,
  methods: readonly string[],
  panel: number,
): readonly Readonly<Record<string, unknown>>[] {
  const best = rankMeans(setting.cells.map((cell) => ({ cell }))).best.map(({ cell: { method } }) => method);
  return setting.cells
    .filter(({ method }) => methods.includes(method))
    .flatMap(({ method, mean, interval }) =>
      mean === null
        ? []
        : [
            {
              setting: panelName(setting, panel),
              method,
              score: mean,
              low: interval?.low ?? mean,
              high: interval?.high ?? mean,
              best: best.includes(method),
            },
          ],
    );
}

/** Domain and setting, each on lines of its own that fit above a panel. */
function panelName(setting: UnseenSetting, panel: number): string {
  const most = Math.floor(panel / CHARACTER);
  const lines = settingName(setting)
    .split(" ")
    .reduce<string[]>((broken, word) => {
      const last = broken.at(-1);
      if (last === undefined || last.length + 1 + word.length > most) return [...broken, word];
      return [...broken.slice(0, -1), `${last} ${word}`];
    }, []);
  return [setting.domain, ...lines].join(LINE_BREAK);
}

/** What the picture shows, in words. */
export function describeScores(settings: readonly UnseenSetting[]): string {
  return settings
    .map((setting) => {
      const scores = setting.cells.flatMap(({ method, mean }) =>
        mean === null ? [] : [`${method} ${decimals(mean)}`],
      );
      return `${setting.domain}, ${settingName(setting)}: ${scores.join(", ")}.`;
    })
    .join(" ");
}
