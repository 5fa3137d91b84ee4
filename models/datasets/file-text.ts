import { readFile } from "node:fs/promises";
import { decodeUtf8, NotUtf8Error } from "../../config/utf8-text.js";
import { DatasetError } from "./errors.js";

/** A data file's text. @throws DatasetError */
export async function readFileText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (!(error instanceof NotUtf8Error)) throw error;
    throw new DatasetError("DATASET_MALFORMED", path, error.message, error.line, { cause: error });
  }
}

export function unreadable(path: string, error: unknown): DatasetError {
  const code = (error as NodeJS.ErrnoException).code;
  const problem = code === "ENOENT" ? "there is no such file" : `the file cannot be read (${code ?? String(error)})`;
  return new DatasetError("DATASET_NOT_FOUND", path, problem, undefined, { cause: error });
}
