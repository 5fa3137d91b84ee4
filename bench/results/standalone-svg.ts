import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "../../report/render-svg.js";
import { STYLE } from "../../report/style.js";

/** A report's picture as a file of its own, in the report's light colours on paper. */
export async function standaloneSvg(spec: TopLevelSpec): Promise<string> {
  const light = /:root \{[^}]*\}/.exec(STYLE)?.[0];
  if (light === undefined) throw new TypeError("the report's style sheet has no colours");
  const colours = light.replace(":root", "svg").replace("}", "background: var(--paper); }");
  const svg = await renderSvg(spec);
  return `${svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"').replace(">", () => `><style>${colours}</style>`)}\n`;
}
