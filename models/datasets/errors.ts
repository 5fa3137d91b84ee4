/** Why a data set could not be read. */
export type DatasetErrorCode =
  | "DATASET_NOT_FOUND"
  /** A Git LFS pointer stands in place of the file. */
  | "DATASET_NOT_DOWNLOADED"
  | "DATASET_UNKNOWN_FORMAT"
  | "DATASET_UNKNOWN_LAYOUT"
  /** The record is of a known layout, but one of its fields is of another type, or empty. */
  | "DATASET_INVALID_FIELD"
  | "DATASET_MALFORMED"
  | "DATASET_NO_SPLIT"
  | "DATASET_EMPTY"
  | "DATASET_DUPLICATE_ID";

/** A data set that is missing, or not of a form that is read; says where and what is allowed. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";

  constructor(
    readonly code: DatasetErrorCode,
    readonly path: string,
    problem: string,
    /** The line of a JSONL file, from 1; the record of other files, from 1. */
    readonly line?: number,
    options?: ErrorOptions,
  ) {
    super(line === undefined ? `${path}: ${problem}` : `${path}:${line}: ${problem}`, options);
  }
}
