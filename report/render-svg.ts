import type { TopLevelSpec } from "vega-lite";
import { printable } from "./html.js";
import { CHART_CONFIG } from "./theme.js";

/** A picture as SVG markup: no canvas, no document, no script. The libraries take about a second to load, so only when needed. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const [{ Error, logger, parse, View }, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  // A picture of nothing warns of infinite extents: that is for who draws, not for who runs a swarm.
  const quiet = logger(Error);
  const view = new View(parse(compile({ ...spec, config: CHART_CONFIG }, { logger: quiet }).spec), {
    renderer: "none",
    logger: quiet,
  });
  try {
    return trimSvg(printable(await view.toSVG()));
  } finally {
    view.finalize();
  }
}

/** Leaves out what inline SVG does not need: namespaces, classes, roles (the picture as a whole has one) and hidden paths. */
function trimSvg(svg: string): string {
  return svg
    .replaceAll(/<path\b[^>]*display="none"[^>]*\/>/g, "")
    .replaceAll(/<[^>]*>/g, (tag) =>
      tag
        .replaceAll(/ (?:xmlns(?::\w+)?|version|class|role|pointer-events|aria-[a-z]+)="[^"]*"/g, "")
        .replaceAll(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))),
    );
}
