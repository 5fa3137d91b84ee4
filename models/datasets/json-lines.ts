import { parseJson } from "./parse-json.js";

export interface JsonLine {
  /** From 1. */
  readonly line: number;
  readonly value: unknown;
}

/** A line of JSON lines is not JSON. */
export class JsonLineError extends Error {
  override readonly name = "JsonLineError";
  readonly code = "NOT_JSON";

  constructor(
    /** From 1. */
    readonly line: number,
    options: ErrorOptions,
  ) {
    super("not a line of JSON", options);
  }
}

/**
 * Reads JSON lines as other readers do: lines of nothing but white space are no records.
 *
 * @throws JsonLineError
 */
export function parseJsonLines(text: string): JsonLine[] {
  return text.split("\n").flatMap((content, index) => {
    if (content.trim() === "") return [];
    try {
      return [{ line: index + 1, value: parseJson(content) }];
    } catch (error) {
      throw new JsonLineError(index + 1, { cause: error });
    }
  });
}
