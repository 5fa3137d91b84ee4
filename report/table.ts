import { type Html, html, type HtmlValue } from "./html.js";

export interface Table {
  readonly caption: string;
  /** The first is of the row headers. */
  readonly columns: readonly string[];
  /** The first of a row is its header. */
  readonly rows: readonly (readonly HtmlValue[])[];
  /** Sets cells in columns of figures; false for text. */
  readonly numeric?: boolean;
}

/** A table that scrolls by itself where it is wider than the page. */
export function renderTable({ caption, columns, rows, numeric = true }: Table): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table class="${numeric ? "figures" : "texts"}">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([header = "", ...cells]) =>
            html`<tr>
              <th scope="row">${header}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
