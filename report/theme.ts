import type { Config, TopLevelSpec } from "vega-lite";

/**
 * Colours as CSS variables of the page, so that one picture serves light and dark. The hues are Okabe and Ito's, which people with
 * colour-blindness tell apart; shape, dash or position says the same once more.
 */
export const COLOURS = {
  ink: "var(--ink)",
  muted: "var(--muted)",
  line: "var(--line)",
  paper: "var(--paper)",
  start: "var(--start)",
  best: "var(--best)",
  fresh: "var(--fresh)",
} as const;

/** Widths of the two renderings of every picture, in pixels: for a page and for a phone. */
export const WIDTHS = { wide: 800, narrow: 340 } as const;
export type Width = (typeof WIDTHS)[keyof typeof WIDTHS];

/** One layer of a layered picture. */
export type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

const FONT = "system-ui, sans-serif";
const axisText = {
  labelColor: COLOURS.muted,
  titleColor: COLOURS.muted,
  labelFontSize: 12,
  titleFontSize: 12,
} as const;

export const CHART_CONFIG: Config = {
  aria: false,
  background: "transparent",
  font: FONT,
  padding: 4,
  axis: {
    ...axisText,
    titleFontWeight: "normal",
    gridColor: COLOURS.line,
    domainColor: COLOURS.line,
    tickColor: COLOURS.line,
    labelLimit: 180,
    labelFlush: false,
  },
  axisY: { domain: false, ticks: false, labelPadding: 6 },
  header: { ...axisText, labelColor: COLOURS.ink, labelFontWeight: "bold", titleFontWeight: "normal" },
  legend: {
    labelColor: COLOURS.ink,
    titleColor: COLOURS.muted,
    labelFontSize: 12,
    orient: "top",
    title: null,
    labelLimit: 300,
    symbolSize: 90,
  },
  text: { color: COLOURS.ink, fontSize: 12 },
  view: { stroke: null },
};

/** What pictures call the two sides that are compared. */
export const SIDE_LABELS: SideLabels = { start: "initial generators", best: "best generator" };
export type SideLabels = Readonly<Record<"start" | "best", string>>;
