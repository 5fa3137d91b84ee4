import type { DocumentSection, TableCell, TableModel } from "./table-model.js";

/** Makes a table that is wider than a line as narrow as it. */
const FITTED = "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}";

/** Sections as LaTeX tables in the style of booktabs; sentences and warnings are comments. */
export function renderLatex(title: string, sections: readonly DocumentSection[]): string {
  const blocks = [
    `% ${comment(title)}\n% \\usepackage{booktabs,graphicx}`,
    ...sections.flatMap(({ title: heading, paragraphs, tables, items }) => [
      [heading, ...paragraphs, ...items].map((line) => `% ${comment(line)}`).join("\n"),
      ...tables.map(latexTable),
    ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function latexTable({ id, caption, columns, rows, notes }: TableModel): string {
  const row = (cells: readonly string[]): string => `    ${cells.join(" & ")} \\\\`;
  return [
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${escapeLatex(caption)}. ${escapeLatex(notes.join(" "))}}`,
    `  \\label{tab:${id}}`,
    `  ${FITTED}{\\begin{tabular}{l${"r".repeat(columns.length - 1)}}`,
    "    \\toprule",
    row(columns.map(escapeLatex)),
    "    \\midrule",
    ...rows.map(({ header, cells }) => row([escapeLatex(header), ...cells.map(cellText)])),
    "    \\bottomrule",
    "  \\end{tabular}}",
    "\\end{table}",
  ].join("\n");
}

function cellText({ text, rank, detail, stars = 0, mark = "" }: TableCell): string {
  const escaped = escapeLatex(text);
  const ranked = rank === "best" ? `\\textbf{${escaped}}` : rank === "second" ? `\\underline{${escaped}}` : escaped;
  const raised = stars === 0 && mark === "" ? "" : `\\textsuperscript{${"*".repeat(stars)}${escapeLatex(mark)}}`;
  return `${ranked}${raised}${detail === undefined ? "" : ` ${escapeLatex(detail)}`}`.trim();
}

/** What LaTeX reads as a command, and what its usual fonts lack. */
const WRITTEN: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "\u2212": "$-$",
  "\u2192": "$\\rightarrow$",
  "\u2020": "\\textdagger{}",
  "\u2021": "\\textdaggerdbl{}",
  "\u2013": "--",
  "\u00a0": "~",
};

export function escapeLatex(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll(/[\\{}$&#%_~^<>|"\u2212\u2192\u2020\u2021\u2013\u00a0]/g, (one) => WRITTEN[one] ?? one);
}

/** A line break would end the comment. */
function comment(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
