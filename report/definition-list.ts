import { type Html, html } from "./html.js";

/** Names with their values. @param style names of CSS classes */
export function definitionList(style: string, entries: readonly (readonly [string, string])[]): Html {
  return html`<dl class="${style}">
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
