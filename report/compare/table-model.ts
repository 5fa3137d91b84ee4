/** Tables before they are HTML, LaTeX or Markdown. */

export interface TableCell {
  readonly text: string;
  /** Best in bold, second best underlined. */
  readonly rank?: "best" | "second";
  /** After the text, neither bold nor underlined: the standard deviation. */
  readonly detail?: string;
  /** Number of stars. */
  readonly stars?: number;
  /** After the stars: refers to a note. */
  readonly mark?: string;
}

export interface TableModel {
  /** Unique in the document: lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly caption: string;
  /** The first is of the row headers. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly header: string; readonly cells: readonly TableCell[] }[];
  /** How to read it, one sentence each. */
  readonly notes: readonly string[];
}

/** The tables of a section with each note once, below the last table that it is of. */
export function withNotesOnce(tables: readonly TableModel[]): TableModel[] {
  return tables.map((table, index) => ({
    ...table,
    notes: table.notes.filter((note) => !tables.slice(index + 1).some(({ notes }) => notes.includes(note))),
  }));
}

export interface DocumentSection {
  readonly id: string;
  readonly title: string;
  /** Plain sentences. */
  readonly paragraphs: readonly string[];
  readonly tables: readonly TableModel[];
  /** One line each. */
  readonly items: readonly string[];
}
