import { type DocumentSection, type TableCell, type TableModel, withNotesOnce } from "./table-model.js";

export interface MarkdownOptions {
  /** Pads columns and leaves characters as they are, to be read where nothing renders it. */
  readonly plain: boolean;
}

/** Sections as Markdown with pipe tables. Best in bold; second best underlined (`<ins>`, where plain `_`). */
export function renderMarkdown(title: string, sections: readonly DocumentSection[], options: MarkdownOptions): string {
  const escape = (text: string): string => (options.plain ? oneLine(text) : escapeMarkdown(oneLine(text)));
  const blocks = [
    `# ${escape(title)}`,
    ...sections.flatMap(({ title: heading, paragraphs, tables, items }) => [
      `## ${escape(heading)}`,
      ...(paragraphs.length === 0 ? [] : [paragraphs.map(escape).join(" ")]),
      ...withNotesOnce(tables).flatMap((table) => [
        escape(table.caption),
        pipeTable(table, options),
        ...notes(table, escape),
      ]),
      ...(items.length === 0 ? [] : [items.map((item) => `- ${escape(item)}`).join("\n")]),
    ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function notes({ notes: sentences }: TableModel, escape: (text: string) => string): string[] {
  return sentences.length === 0 ? [] : [sentences.map(escape).join(" ")];
}

function pipeTable({ columns, rows }: TableModel, { plain }: MarkdownOptions): string {
  const escape = (text: string): string => (plain ? oneLine(text) : escapeMarkdown(oneLine(text)));
  const written = [
    columns.map(escape),
    ...rows.map(({ header, cells }) => [escape(header), ...cells.map((cell) => cellText(cell, plain, escape))]),
  ];
  const widths = columns.map((_, column) => Math.max(3, ...written.map((row) => width(row[column] ?? ""))));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => (plain ? pad(text, widths[column] ?? 0, column > 0) : text)).join(" | ")} |`;
  const dashes = widths.map((of, column) => {
    const dash = "-".repeat(plain ? of : 3);
    return column === 0 ? dash : `${dash.slice(1)}:`;
  });
  const [head = [], ...body] = written;
  return [line(head), `| ${dashes.join(" | ")} |`, ...body.map(line)].join("\n");
}

function cellText(
  { text, rank, detail, stars = 0, mark }: TableCell,
  plain: boolean,
  escape: (text: string) => string,
): string {
  const [open, close] =
    rank === "best" ? ["**", "**"] : rank === "second" ? (plain ? ["_", "_"] : ["<ins>", "</ins>"]) : ["", ""];
  return [
    text === "" ? "" : `${open}${escape(text)}${close}`,
    detail === undefined ? "" : escape(detail),
    `${escape("*".repeat(stars))}${mark ?? ""}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function pad(text: string, to: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, to - width(text)));
  return right ? space + text : text + space;
}

/** In characters, not in UTF-16 units. */
function width(text: string): number {
  return Array.from(text).length;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}

function escapeMarkdown(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]|~#]/g, "\\$&");
}
