/** From what was thrown to the one line that people read and the exit code that scripts read. */
import { cancelledOrTerminated, rootCause } from "./failure-cause.js";

/** Exit codes of the `swarm` command. */
export const EXIT = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

export type InputErrorCode =
  /** A run of this id exists with another config or store. */
  | "OTHER_CONFIG"
  | "UNKNOWN_RUN"
  /** The server knows the run, but this machine cannot see its store. */
  | "STORE_ELSEWHERE"
  /** A run's objective is a program that nobody here has named. */
  | "UNTRUSTED_OBJECTIVE"
  | "UNKNOWN_SCHEDULE"
  | "NOT_UNDER_WAY"
  | "NO_RESULT"
  /** The run is of a kind, or of a method, that makes no adapter. */
  | "NO_ADAPTER"
  | "NOTHING_TO_COMPARE"
  | "INVALID_OPTION"
  | "INVALID_LINE"
  | "INVALID_SEED_DATA"
  | "INVALID_CHECKPOINT"
  | "OUTPUT_EXISTS"
  | "UNREADABLE"
  | "NO_PERSISTENT_SERVER";

/** Something the user gave, or did not give, that only they can mend. Exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(
    readonly code: InputErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export type FailureCode = "RUN_FAILED" | "RUN_CANCELLED" | "RUN_TERMINATED" | "TOO_FEW_QUESTIONS" | "UNHEALTHY";

/** Work that was begun and did not succeed. Exit code 1. */
export class FailureError extends Error {
  override readonly name = "FailureError";

  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The person pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Errors whose cause is what the user gave; by name, so that telling them apart loads none of their modules. */
const INPUT_ERRORS = new Set([
  "AdapterError",
  "BundleError",
  "ConfigError",
  "DatasetError",
  "InputError",
  "StoreError",
  "TemporalServerError",
  "UnknownGraderError",
]);

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "it exists already",
  EISDIR: "it is a directory",
  ENOENT: "there is no such file or directory",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is no directory",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

export interface DescribedError {
  readonly exitCode: number;
  /** What tests and scripts look at; message texts may change. */
  readonly code: string;
  readonly message: string;
}

export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { exitCode: EXIT.failed, code: "UNEXPECTED", message: String(error) };
  if (error.name === "Interrupted") {
    return { exitCode: EXIT.interrupted, code: "INTERRUPTED", message: error.message };
  }
  const code = (error as { readonly code?: unknown }).code;
  const named = typeof code === "string" ? code : "UNEXPECTED";
  if (INPUT_ERRORS.has(error.name)) return { exitCode: EXIT.badInput, code: named, message: error.message };
  const problem = FILE_PROBLEMS[named];
  if (problem !== undefined) {
    const { path = "a file", syscall } = error as NodeJS.ErrnoException;
    const message = syscall === "mkdir" ? `${path}: this folder cannot be made (${named})` : `${path}: ${problem}`;
    return { exitCode: EXIT.badInput, code: named, message };
  }
  if (error.name === "WorkflowFailedError") return describeFailedRun(error);
  return { exitCode: EXIT.failed, code: named, message: oneLine(error.message) };
}

function describeFailedRun(error: Error): DescribedError {
  const ended = cancelledOrTerminated(error);
  if (ended === "cancelled") return { exitCode: EXIT.failed, code: "RUN_CANCELLED", message: "the run was cancelled" };
  if (ended === "terminated") {
    return { exitCode: EXIT.failed, code: "RUN_TERMINATED", message: "the run was terminated" };
  }
  const { type, message } = rootCause(error);
  return { exitCode: EXIT.failed, code: type, message: `the run failed: ${oneLine(message)}` };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " · ");
}
