import { DatasetError } from "./errors.js";
import { readFileText } from "./file-text.js";
import { JsonLineError, parseJsonLines } from "./json-lines.js";
import { readParquet } from "./parquet.js";
import { parseJson } from "./parse-json.js";
import { refusePointer } from "./refuse-pointer.js";

/** A record that is not read yet. */
export interface FileRecord {
  /** Of JSON lines the line, of other files the record's number; from 1. */
  readonly line: number;
  readonly value: unknown;
}

/** The splits of a file, or one list where the file knows no splits. */
export type FileRecords =
  | { readonly kind: "one"; readonly records: readonly FileRecord[] }
  | { readonly kind: "splits"; readonly splits: ReadonlyMap<string, readonly FileRecord[]> };

/**
 * Reads the records of a `.json`, `.jsonl` or `.parquet` file. JSON is UTF-8, with or without a byte order mark; numbers whose
 * digits a double would lose are texts. In JSON lines blank lines are no records.
 *
 * JSON is `{dev: [...], test: [...]}` (or other names of splits), a list, or an object of records numbered `"0"`, `"1"`, ...
 *
 * @throws DatasetError
 */
export async function readRecords(path: string): Promise<FileRecords> {
  await refusePointer(path);
  if (/\.jsonl$|\.ndjson$/i.test(path)) return { kind: "one", records: parseLines(path, await readFileText(path)) };
  if (/\.json$/i.test(path)) return parseList(path, await readFileText(path));
  if (/\.parquet$/i.test(path)) return { kind: "one", records: numbered(await readParquet(path)) };
  throw new DatasetError("DATASET_UNKNOWN_FORMAT", path, "a data set is a .jsonl, .json or .parquet file");
}

function parseLines(path: string, text: string): FileRecord[] {
  try {
    return parseJsonLines(text);
  } catch (error) {
    if (!(error instanceof JsonLineError)) throw error;
    throw new DatasetError("DATASET_MALFORMED", path, error.message, error.line, { cause: error });
  }
}

function parseList(path: string, text: string): FileRecords {
  let content: unknown;
  try {
    content = parseJson(text);
  } catch (error) {
    const problem = `not JSON: ${(error as Error).message.replace(/\s+/g, " ")}`;
    throw new DatasetError("DATASET_MALFORMED", path, problem, undefined, { cause: error });
  }
  if (Array.isArray(content)) return { kind: "one", records: numbered(content) };
  const entries = Object.entries((content ?? {}) as Record<string, unknown>);
  const lists = entries.filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  if (lists.length > 0) return { kind: "splits", splits: new Map(lists.map(([name, list]) => [name, numbered(list)])) };
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
    return { kind: "one", records: numbered(entries.map(([, record]) => record)) };
  }
  throw new DatasetError(
    "DATASET_UNKNOWN_LAYOUT",
    path,
    'JSON data sets are {"dev": [...], "test": [...]}, a list of records, or an object of numbered records',
  );
}

function numbered(records: readonly unknown[]): FileRecord[] {
  return records.map((value, index) => ({ line: index + 1, value }));
}
