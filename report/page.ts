import { Html, html, type HtmlValue } from "./html.js";
import { STYLE } from "./style.js";

/** Whatever a question may say, the page loads nothing and runs nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface Page {
  /** Of the browser's window. */
  readonly title: string;
  readonly heading: string;
  /** One line below the heading. */
  readonly lead: HtmlValue;
  readonly sections: readonly (readonly [id: string, title: string])[];
  readonly main: HtmlValue;
  readonly footer: HtmlValue;
}

/** One HTML page with its style and pictures inside, which asks for nothing else and needs no script. */
export function renderPage({ title, heading, lead, sections, main, footer }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>${heading}</h1>
          <p class="muted">${lead}</p>
          <nav aria-label="Sections">
            <ul>
              ${sections.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li> `)}
            </ul>
          </nav>
        </header>
        <main>${main}</main>
        <footer>
          <p>${footer}</p>
        </footer>
      </body>
    </html>`;
  return `${page.toString()}\n`;
}
