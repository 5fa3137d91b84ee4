import type { TopLevelSpec } from "vega-lite";
import { Html, html } from "./html.js";
import { renderSvg } from "./render-svg.js";
import { type Width, WIDTHS } from "./theme.js";

export interface Figure {
  /** Unique in the page. */
  readonly id: string;
  /** What is shown, one phrase. */
  readonly title: string;
  /** What it says, for who cannot see it. */
  readonly description: string;
  /** How to read it. */
  readonly caption: string | Html;
  readonly spec: (width: Width) => TopLevelSpec;
}

/** A picture with its caption, once for a page and once for a phone; the style sheet shows the one that fits. */
export async function renderFigure(figure: Figure): Promise<Html> {
  const { id, title, caption } = figure;
  const [wide, narrow] = await Promise.all([picture(figure, "wide"), picture(figure, "narrow")]);
  return html`<figure id="${id}">
    <h3>${title}</h3>
    ${wide} ${narrow}
    <figcaption>${caption}</figcaption>
  </figure>`;
}

async function picture({ id, title, description, spec }: Figure, size: keyof typeof WIDTHS): Promise<Html> {
  const svg = await renderSvg(spec(WIDTHS[size]));
  const names = `${id}-${size}-title ${id}-${size}-description`;
  const start = html`<svg role="img" aria-labelledby="${names}" class="${size}"`;
  const text = html`<title id="${id}-${size}-title">${title}</title
    ><desc id="${id}-${size}-description">${description}</desc>`;
  return new Html(svg.replace("<svg", () => start.toString()).replace(">", () => `>${text.toString()}`));
}
