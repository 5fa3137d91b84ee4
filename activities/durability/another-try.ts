/**
 * Which failures of an activity are worth another try. All typed errors that an activity can throw are here by their codes: a new
 * code does not compile, and a new error fails a test, until somebody has decided. Pure, but for what it is told.
 */
import type { AdapterErrorCode } from "../../adapters/error.js";
import type { ConfigErrorCode } from "../../config/config-error.js";
import type { NotUtf8Error } from "../../config/utf8-text.js";
import type { ClusterErrorCode } from "../../metrics/cluster.js";
import type { DatasetErrorCode } from "../../models/datasets/errors.js";
import type { JsonLineError } from "../../models/datasets/json-lines.js";
import type { ParquetValueError } from "../../models/datasets/parquet-values.js";
import type { BundleErrorCode } from "../../models/onnx/bundle-error.js";
import type { EndpointErrorCode } from "../../models/openai/endpoint-error.js";
import type { StoreErrorCode } from "../../store/store-error.js";
import type { ObjectiveErrorCode } from "../../swarm/objectives/objective-error.js";
import type { SwarmErrorCode } from "../../swarm/swarm-error.js";

/**
 * `always`: it passes by itself or when somebody mends what is outside the run, after hours perhaps. `few`: it may pass, but is
 * as likely to be a fault that every try meets. `never`: every try would meet it.
 */
export type AnotherTry = "always" | "few" | "never";

/** The codes of each typed error. */
interface Codes {
  AdapterError: AdapterErrorCode;
  BundleError: BundleErrorCode;
  ClusterError: ClusterErrorCode;
  ConfigError: ConfigErrorCode;
  DatasetError: DatasetErrorCode;
  EndpointError: EndpointErrorCode;
  JsonLineError: JsonLineError["code"];
  MalformedQuestion: "MALFORMED_QUESTION";
  NotUtf8Error: NotUtf8Error["code"];
  ObjectiveError: ObjectiveErrorCode;
  ParquetValueError: ParquetValueError["code"];
  StoreError: StoreErrorCode;
  SwarmError: SwarmErrorCode;
  UnknownGraderError: "UNKNOWN_GRADER";
  UnsolvableProblem: "UNSOLVABLE_PROBLEM";
}

export const ANOTHER_TRY: { readonly [Name in keyof Codes]: Readonly<Record<Codes[Name], AnotherTry>> } = {
  AdapterError: {
    NOT_FOUND: "never",
    UNSUPPORTED_FORMAT: "never",
    NOT_DOWNLOADED: "never",
    CORRUPT: "never",
    UNSUPPORTED_DTYPE: "never",
    INVALID_CONFIG: "never",
    UNSUPPORTED_LORA: "never",
    CONFIG_MISMATCH: "never",
    MISSING_TENSOR: "never",
    UNEXPECTED_TENSOR: "never",
    SHAPE_MISMATCH: "never",
    NOT_FINITE: "never",
    INVALID_COEFFICIENT: "never",
    // The disk of one worker.
    WRITE_FAILED: "few",
  },
  BundleError: {
    "missing-file": "never",
    "not-downloaded": "never",
    "invalid-file": "never",
    mismatch: "never",
    "adapter-size": "never",
    "prompt-length": "never",
    "invalid-sampling": "never",
    "invalid-training": "never",
    "example-length": "never",
    diverged: "never",
    // The worker is being shut down: another one has the model open.
    closed: "few",
  },
  ClusterError: { INVALID_EMBEDDINGS: "never", TOO_FEW_POINTS: "never" },
  ConfigError: {
    UNREADABLE: "never",
    INVALID_YAML: "never",
    INVALID_OVERRIDE: "never",
    INVALID_CONFIG: "never",
    NOT_AVAILABLE: "never",
    INVALID_ENVIRONMENT: "never",
  },
  DatasetError: {
    DATASET_NOT_FOUND: "never",
    DATASET_NOT_DOWNLOADED: "never",
    DATASET_UNKNOWN_FORMAT: "never",
    DATASET_UNKNOWN_LAYOUT: "never",
    DATASET_INVALID_FIELD: "never",
    DATASET_MALFORMED: "never",
    DATASET_NO_SPLIT: "never",
    DATASET_EMPTY: "never",
    DATASET_DUPLICATE_ID: "never",
  },
  EndpointError: {
    MISSING_KEY: "never",
    INVALID_KEY: "never",
    REFUSED: "never",
    RATE_LIMITED: "always",
    UNAVAILABLE: "always",
    TIMEOUT: "always",
    // Each may have to be paid for.
    INVALID_REPLY: "few",
    BROKEN_OFF: "few",
    EMPTY_REPLY: "never",
    WITHHELD_REPLY: "never",
    MISSING_USAGE: "never",
  },
  JsonLineError: { NOT_JSON: "never" },
  MalformedQuestion: { MALFORMED_QUESTION: "never" },
  NotUtf8Error: { NOT_UTF8: "never" },
  ObjectiveError: {
    UNKNOWN_OBJECTIVE: "never",
    INVALID_WEIGHTS: "never",
    INVALID_EVALUATION: "never",
    INVALID_SCORE: "never",
  },
  ParquetValueError: { NOT_UTF8: "never" },
  StoreError: {
    INVALID_URI: "never",
    INVALID_KEY: "never",
    NOT_FOUND: "never",
    ALREADY_EXISTS: "never",
    CONFLICT: "never",
    INVALID_CONTENT: "never",
    // Damaged on the way, or for good.
    DIGEST_MISMATCH: "few",
    OUT_OF_RANGE: "never",
    ACCESS_DENIED: "never",
    READ_ONLY: "never",
    NO_SPACE: "never",
    UNREACHABLE: "always",
    UNSUPPORTED: "never",
    IO_ERROR: "always",
  },
  SwarmError: { INVALID_PARAMETERS: "never", INVALID_SCORES: "never", ZERO_NORMALISATION: "never" },
  UnknownGraderError: { UNKNOWN_GRADER: "never" },
  UnsolvableProblem: { UNSOLVABLE_PROBLEM: "never" },
};

/** What the machine lacks for a while. */
const PASSING = new Set([
  "EAGAIN",
  "EAI_AGAIN",
  "EBUSY",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "EMFILE",
  "ENETUNREACH",
  "ENFILE",
  "ENOMEM",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/** @param error an error's name, or the type of a failure, and its code where it has one */
export function worthAnotherTry({ name, code }: { readonly name: string; readonly code: unknown }): AnotherTry {
  const codes: Readonly<Record<string, AnotherTry>> | undefined = Object.hasOwn(ANOTHER_TRY, name)
    ? ANOTHER_TRY[name as keyof Codes]
    : undefined;
  if (typeof code === "string") {
    if (codes !== undefined && Object.hasOwn(codes, code)) return codes[code]!;
    if (PASSING.has(code)) return "always";
  }
  // A mistake in code or data, most likely: TypeError, RangeError, ZodError, or an error of a library.
  return "few";
}
