import type { Comparison } from "./comparison.js";
import { documentOf, TITLE } from "./document.js";
import { renderComparisonPage } from "./html.js";
import { renderLatex } from "./latex.js";
import { renderMarkdown } from "./markdown.js";

/** `text`: Markdown-like, for a terminal. */
export const COMPARISON_FORMATS = ["text", "markdown", "latex", "json", "html"] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

/** A comparison as text that ends with a line feed. */
export async function renderComparison(comparison: Comparison, format: ComparisonFormat): Promise<string> {
  switch (format) {
    case "text":
      return renderMarkdown(TITLE, documentOf(comparison, { detailed: false }), { plain: true });
    case "markdown":
      return renderMarkdown(TITLE, documentOf(comparison, { detailed: true }), { plain: false });
    case "latex":
      return renderLatex(TITLE, documentOf(comparison, { detailed: false }));
    case "json":
      return `${JSON.stringify(comparison, null, 2)}\n`;
    case "html":
      return renderComparisonPage(comparison);
  }
}
