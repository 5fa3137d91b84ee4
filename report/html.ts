/** Markup that is known to be safe; anything else that goes into `html` is escaped. */
export class Html {
  readonly #markup: string;

  /** `markup` must be escaped already. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

export type HtmlValue = string | number | Html | readonly HtmlValue[];

/** Builds markup from a template: every value is escaped unless it is `Html`; lists are joined. Text of a model cannot become markup. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = unindented(strings[0]);
  for (const [index, value] of values.entries()) markup += markupOf(value) + unindented(strings[index + 1]);
  return new Html(markup);
}

/** Of the template only: white space in a value is the value's. */
function unindented(text = ""): string {
  return text.replaceAll(/\n\s+/g, "\n");
}

export const NOTHING = new Html("");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that HTML allows nowhere, not even escaped: controls, lone surrogates, noncharacters. */
const FORBIDDEN = /(?![\t\n\r])\p{Control}|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;

/** Shows what cannot be shown as U+FFFD. */
export function printable(text: string): string {
  return text.replaceAll(FORBIDDEN, "\ufffd");
}

export function escapeHtml(text: string): string {
  return printable(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function markupOf(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return value.map(markupOf).join("");
}
