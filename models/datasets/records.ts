import { readFile } from "node:fs/promises";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { DatasetError } from "./errors.js";
import { refusePointer } from "./refuse-pointer.js";

/** The splits of a file as unread records, or one list where the file knows no splits. */
export type FileRecords =
  | { readonly kind: "one"; readonly records: readonly unknown[] }
  | { readonly kind: "splits"; readonly splits: ReadonlyMap<string, readonly unknown[]> };

/**
 * Reads the records of a `.json`, `.jsonl` or `.parquet` file.
 *
 * JSON is `{dev: [...], test: [...]}` (or other names of splits), a list, or an object of records numbered `"0"`, `"1"`, ...
 *
 * @throws DatasetError
 */
export async function readRecords(path: string): Promise<FileRecords> {
  await refusePointer(path);
  if (/\.jsonl$|\.ndjson$/i.test(path)) return { kind: "one", records: parseLines(path, await readText(path)) };
  if (/\.json$/i.test(path)) return parseJson(path, await readText(path));
  if (/\.parquet$/i.test(path)) return { kind: "one", records: await readParquet(path) };
  throw new DatasetError("DATASET_UNKNOWN_FORMAT", path, "a data set is a .jsonl, .json or .parquet file");
}

async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    throw notFound(path, error);
  }
}

function notFound(path: string, error: unknown): DatasetError {
  const code = (error as NodeJS.ErrnoException).code;
  const problem = code === "ENOENT" ? "there is no such file" : `the file cannot be read (${code ?? String(error)})`;
  return new DatasetError("DATASET_NOT_FOUND", path, problem, undefined, { cause: error });
}

function parseLines(path: string, text: string): unknown[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      const problem = line.trim() === "" ? "an empty line" : "not a line of JSON";
      throw new DatasetError("DATASET_MALFORMED", path, problem, index + 1, { cause: error });
    }
  });
}

function parseJson(path: string, text: string): FileRecords {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new DatasetError("DATASET_MALFORMED", path, `not JSON: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
  if (Array.isArray(content)) return { kind: "one", records: content };
  const entries = Object.entries((content ?? {}) as Record<string, unknown>);
  const lists = entries.filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  if (lists.length > 0) return { kind: "splits", splits: new Map(lists) };
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
    return { kind: "one", records: entries.map(([, record]) => record) };
  }
  throw new DatasetError(
    "DATASET_UNKNOWN_LAYOUT",
    path,
    'JSON data sets are {"dev": [...], "test": [...]}, a list of records, or an object of numbered records',
  );
}

async function readParquet(path: string): Promise<unknown[]> {
  let file: Awaited<ReturnType<typeof asyncBufferFromFile>>;
  try {
    file = await asyncBufferFromFile(path);
  } catch (error) {
    throw notFound(path, error);
  }
  try {
    return await parquetReadObjects({ file });
  } catch (error) {
    const problem = `not a Parquet file that can be read: ${(error as Error).message}`;
    throw new DatasetError("DATASET_MALFORMED", path, problem, undefined, { cause: error });
  }
}
