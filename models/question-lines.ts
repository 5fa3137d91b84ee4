/** A line that a generator wrote, taken for a question. */
export interface QuestionLine {
  readonly text: string;
  /** The generator was cut off within it. */
  readonly truncated: boolean;
}

const NUMBERING = /^\s*(?:\(?\d{1,3}[.):]\s+|[-*•]\s+|(?:Question|Example)\s+\d{1,3}\s*[.:]\s*)/i;

/**
 * Cuts a generator's completion into questions, one a line. Tolerant of numbering, bullets and blank lines; anything else
 * that is not a question is left for the grader to call invalid.
 *
 * @param cutOff the completion ended at its length limit, so its last line is not whole
 */
export function questionLines(completion: string, cutOff: boolean): QuestionLine[] {
  const lines = completion.split("\n");
  const lastIsOpen = cutOff && lines.at(-1)?.trim() !== "";
  return lines.flatMap((line, index) => {
    const text = line.replace(NUMBERING, "").trim();
    return text === "" ? [] : [{ text, truncated: lastIsOpen && index === lines.length - 1 }];
  });
}
