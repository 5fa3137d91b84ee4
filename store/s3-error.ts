/** What an error of S3 or of the way to it means to a store. */
import { StoreError, type StoreErrorCode } from "./store-error.js";

type Meaning = readonly [StoreErrorCode, string];

const MISSING: Meaning = ["NOT_FOUND", "there is no such object"];
const DENIED: Meaning = [
  "ACCESS_DENIED",
  "the server refused access; check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the bucket's policy (read, write, list)",
];
const CREDENTIALS: Meaning = [
  "ACCESS_DENIED",
  "no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role",
];
const FULL: Meaning = ["NO_SPACE", "the server has no room for it; free some or choose another store with --store"];
const AWAY: Meaning = ["UNREACHABLE", "the server cannot be reached; check the network and AWS_ENDPOINT_URL_S3"];
const BUSY: Meaning = ["UNREACHABLE", "the server failed or is too busy; try again"];

const BY_NAME: Readonly<Record<string, Meaning>> = {
  NoSuchKey: MISSING,
  NotFound: MISSING,
  NoSuchBucket: ["NOT_FOUND", "there is no such bucket; create it or name another with --store"],
  PreconditionFailed: ["ALREADY_EXISTS", "there is such an object already"],
  InvalidRange: ["OUT_OF_RANGE", "the object is shorter than what was asked for"],
  KeyTooLongError: ["INVALID_KEY", "the key is too long for this server"],
  NotImplemented: [
    "UNSUPPORTED",
    "the server lacks a part of S3 that the store needs (conditional puts, multipart uploads)",
  ],
  // By name, since not every server gives them status 403.
  AccessDenied: DENIED,
  InvalidAccessKeyId: DENIED,
  SignatureDoesNotMatch: DENIED,
  InvalidToken: DENIED,
  // versitygw, for an unknown access key.
  XAdminUserNotFound: DENIED,
  ExpiredToken: ["ACCESS_DENIED", "the credentials have expired; renew them"],
  RequestTimeTooSkewed: ["ACCESS_DENIED", "this machine's clock is wrong; set it"],
  CredentialsProviderError: CREDENTIALS,
  TokenProviderError: CREDENTIALS,
  QuotaExceeded: FULL,
  InsufficientStorage: FULL,
  XMinioStorageFull: FULL,
  PermanentRedirect: ["INVALID_URI", "the bucket lies in another region; set AWS_REGION"],
  AuthorizationHeaderMalformed: ["INVALID_URI", "the bucket lies in another region; set AWS_REGION"],
};

const BY_STATUS: Readonly<Record<number, Meaning>> = {
  401: DENIED,
  403: DENIED,
  404: MISSING,
  501: BY_NAME["NotImplemented"]!,
  507: FULL,
};

const NETWORK = /^(E[A-Z]+|ERR_[A-Z_]+|UND_[A-Z_]+|TimeoutError|AbortError|RequestTimeout)$/;

interface SdkError {
  readonly name?: string;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Only the error's name and status go into the message: a server's own words may quote signatures and key ids. For the same
 * reason the error itself is not kept as cause.
 */
export function fromS3Error(uri: string, key: string | undefined, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { name = "Error", code, $metadata } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  const [meaning, problem] = meaningOf(name, code, status);
  const label = name === "Error" && typeof code === "string" ? code : name;
  const reason = status === undefined ? label : `${label}, HTTP ${status}`;
  return new StoreError({ code: meaning, uri, key, problem: `${problem} (${reason})` });
}

function meaningOf(name: string, code: unknown, status: number | undefined): Meaning {
  const known = BY_NAME[name] ?? (status === undefined ? undefined : BY_STATUS[status]);
  if (known !== undefined) return known;
  if (status === undefined && (NETWORK.test(name) || (typeof code === "string" && NETWORK.test(code)))) return AWAY;
  if (status !== undefined && (status >= 500 || status === 429)) return BUSY;
  return ["IO_ERROR", "the request failed"];
}
