/** The one kind of error that stores throw. */

export type StoreErrorCode =
  | "INVALID_URI"
  | "INVALID_KEY"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  /** Another checkpoint stands where this one should, or an object changed while it was read. */
  | "CONFLICT"
  /** An object is not what it should be: a line of another shape. */
  | "INVALID_CONTENT"
  /** Bytes that were read are not those that were stored, also when they were read again. */
  | "DIGEST_MISMATCH"
  /** A read beyond an object's end. */
  | "OUT_OF_RANGE"
  | "ACCESS_DENIED"
  | "READ_ONLY"
  | "NO_SPACE"
  | "UNREACHABLE"
  /** The file system or server lacks what the store needs, such as conditional puts. */
  | "UNSUPPORTED"
  | "IO_ERROR";

export interface StoreErrorDetails {
  readonly code: StoreErrorCode;
  /** The store's address, without secrets. */
  readonly uri: string;
  /** The object, or the prefix of a listing. */
  readonly key?: string | undefined;
  /** What went wrong, and what to do about it. One line, no secrets. */
  readonly problem: string;
  readonly cause?: unknown;
}

export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  readonly uri: string;
  readonly key: string | undefined;

  constructor({ code, uri, key, problem, cause }: StoreErrorDetails) {
    super(`store ${uri}${key === undefined || key === "" ? "" : `, ${key}`}: ${problem}`, { cause });
    this.code = code;
    this.uri = uri;
    this.key = key;
  }

  /** Whether the same call may succeed later without anybody doing something about it. */
  get isRetryable(): boolean {
    return this.code === "UNREACHABLE" || this.code === "IO_ERROR" || this.code === "DIGEST_MISMATCH";
  }
}

/** Whether an error is a {@link StoreError}, of the given code where one is given. */
export function isStoreError(error: unknown, code?: StoreErrorCode): error is StoreError {
  return error instanceof StoreError && (code === undefined || error.code === code);
}
