import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { Question } from "../records.js";
import { DatasetError } from "./errors.js";
import { allowedLayouts, readRecord, wrongField } from "./layouts.js";
import { type FileRecord, readRecords } from "./records.js";

export type Split = "dev" | "test";

/** Names that a split goes by, the first that exists counts: public data sets have `train` where a search wants `dev`. */
const SPLIT_NAMES: Readonly<Record<Split, readonly string[]>> = { dev: ["dev", "train", "validation"], test: ["test"] };

/**
 * Reads a data set in any of the layouts of `layouts.ts`: a `.jsonl`, `.json` or `.parquet` file, or a folder of such files
 * named by their split, as Hugging Face exports them (`train-00000-of-00002.parquet`, `test.jsonl`).
 *
 * `split` picks the questions whose `meta.split` is that, the list of that name, or the folder's files of that name; a file
 * that knows no splits is read whole. Without `split` everything is read, of a file or folder with splits too.
 * Questions without an id of their own get `NAME-SPLIT-NUMBER`; a source's id that may not be unique becomes `meta.sourceId`.
 *
 * @throws DatasetError whose `code` says what is wrong, with the line where it has one; nothing is skipped
 */
export async function readDataset({
  path,
  split,
}: {
  readonly path: string;
  readonly split?: Split;
}): Promise<Question[]> {
  const sources = await listSources(path, split);
  const questions: Question[] = [];
  for (const source of sources) {
    for (const [index, { line, value }] of source.records.entries()) {
      const read = readRecord(value);
      if (read === undefined) throw unreadRecord(source.path, line, value);
      const { question, answer, meta } = read;
      if (source.split === undefined && split !== undefined && meta?.["split"] !== undefined && meta["split"] !== split)
        continue;
      const id = read.id ?? [source.name, source.split, String(index).padStart(4, "0")].filter(Boolean).join("-");
      questions.push({
        id,
        question,
        ...(answer === undefined ? {} : { answer }),
        ...(meta === undefined || Object.keys(meta).length === 0 ? {} : { meta: plain(meta) }),
      });
    }
  }
  if (questions.length === 0) {
    const problem =
      split === undefined ? "there are no questions in it" : `there are no questions of the split "${split}" in it`;
    throw new DatasetError("DATASET_EMPTY", path, problem);
  }
  refuseRepeatedIds(path, questions);
  return questions;
}

interface Source {
  readonly path: string;
  readonly name: string;
  readonly split?: string;
  readonly records: readonly FileRecord[];
}

async function listSources(path: string, split: Split | undefined): Promise<Source[]> {
  if (await isFolder(path)) return readFolder(path, split);
  const name = basename(path, extname(path));
  const file = await readRecords(path);
  if (file.kind === "one") return [{ path, name, records: file.records }];
  const names = chooseSplits(path, [...file.splits.keys()], split);
  return names.map((key) => ({ path, name, split: key, records: file.splits.get(key) ?? [] }));
}

async function readFolder(path: string, split: Split | undefined): Promise<Source[]> {
  const files = (await readdir(path)).filter((file) => /\.(jsonl|ndjson|json|parquet)$/i.test(file)).sort();
  const splitOf = (file: string): string => (/^[A-Za-z]+/.exec(file)?.[0] ?? file).toLowerCase();
  const names = chooseSplits(path, [...new Set(files.map(splitOf))], split);
  const sources: Source[] = [];
  for (const file of files.filter((candidate) => names.includes(splitOf(candidate)))) {
    const content = await readRecords(join(path, file));
    if (content.kind === "splits") {
      throw new DatasetError(
        "DATASET_UNKNOWN_LAYOUT",
        join(path, file),
        "a file in a folder of splits holds one list of records",
      );
    }
    const name = `${basename(path)}-${basename(file, extname(file))}`;
    sources.push({ path: join(path, file), name, split: "", records: content.records });
  }
  return sources;
}

async function isFolder(path: string): Promise<boolean> {
  // A path that is not there is reported by the reader of its format.
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

function chooseSplits(path: string, names: readonly string[], split: Split | undefined): string[] {
  if (split === undefined) return [...names];
  const chosen = SPLIT_NAMES[split].find((name) => names.includes(name));
  if (chosen !== undefined) return [chosen];
  const problem = `no split "${SPLIT_NAMES[split].join('" or "')}"; there are: ${names.join(", ") || "none"}`;
  throw new DatasetError("DATASET_NO_SPLIT", path, problem);
}

function unreadRecord(path: string, line: number, record: unknown): DatasetError {
  const wrong = wrongField(record);
  if (wrong !== undefined) return new DatasetError("DATASET_INVALID_FIELD", path, wrong, line);
  const found =
    record !== null && typeof record === "object" ? `fields ${Object.keys(record).join(", ")}` : typeof record;
  const problem = `no question in a known layout (${found}); known: ${allowedLayouts()}`;
  return new DatasetError("DATASET_UNKNOWN_LAYOUT", path, problem, line);
}

/** As JSON: what it cannot hold, which Parquet can, becomes a text, bytes in base64. */
function plain(meta: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(meta, (_key, value: unknown) => jsonValue(value))) as Record<string, unknown>;
}

function jsonValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
}

function refuseRepeatedIds(path: string, questions: readonly Question[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of questions.entries()) {
    if (seen.has(id))
      throw new DatasetError("DATASET_DUPLICATE_ID", path, `question ${index + 1} repeats the id "${id}"`);
    seen.add(id);
  }
}
