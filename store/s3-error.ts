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
const SILENT: Meaning = [
  "UNREACHABLE",
  "the server does not answer; check it, or give it more time with SWARM_S3_TIMEOUT_SECONDS",
];
const BUSY: Meaning = ["UNREACHABLE", "the server failed or is too busy; try again"];
/** Also what the SDK's own check of a reply's checksum says, which has no name. */
const NOT_AS_PUT = /^Checksum mismatch/;
const CHECKSUM_SETTINGS =
  "AWS_REQUEST_CHECKSUM_CALCULATION=WHEN_REQUIRED and AWS_RESPONSE_CHECKSUM_VALIDATION=WHEN_REQUIRED";

const BY_NAME: Readonly<Record<string, Meaning>> = {
  NoSuchKey: MISSING,
  NotFound: MISSING,
  NoSuchBucket: ["NOT_FOUND", "there is no such bucket; create it or name another with --store"],
  PreconditionFailed: ["ALREADY_EXISTS", "there is such an object already"],
  InvalidRange: ["OUT_OF_RANGE", "the object is shorter than what was asked for"],
  KeyTooLongError: ["INVALID_KEY", "the key is too long for this server"],
  NotImplemented: [
    "UNSUPPORTED",
    `the server lacks a part of S3 that the store needs: where that is checksum headers, set ${CHECKSUM_SETTINGS}; it cannot do without conditional puts and multipart uploads`,
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
  // Where a request was sent again and the first one had worked; and what damages requests on their way.
  NoSuchUpload: ["IO_ERROR", "the server lost an upload that was under way; try again"],
  InvalidChecksum: ["UNSUPPORTED", `the server refuses checksum headers; set ${CHECKSUM_SETTINGS}`],
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

const TIMEOUT = /^(TimeoutError|ETIMEDOUT|RequestTimeout)$/;
const NETWORK = /^(E[A-Z]+|ERR_[A-Z_]+|UND_[A-Z_]+|TimeoutError|AbortError|RequestTimeout)$/;

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

/**
 * Only the error's name and status go into the message: a server's own words may quote signatures and key ids. For the same
 * reason the error itself is not kept as cause.
 */
export function fromS3Error(uri: string, key: string | undefined, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { name = "Error", code, $metadata = {} } = (error ?? {}) as SdkError;
  const { httpStatusCode: status, attempts = 1 } = $metadata;
  const [meaning, problem] = meaningOf(name, code, status, refusesChecksums(error));
  const label = (name === "Error" || name === "TimeoutError") && typeof code === "string" ? code : name;
  const reason = status === undefined ? label : `${label}, HTTP ${status}`;
  const tries = attempts > 1 ? `, tried ${attempts} times` : "";
  return new StoreError({ code: meaning, uri, key, problem: `${problem} (${reason}${tries})` });
}

/** The status of a reply that was an error, whatever it was called: a HEAD has no name for it. */
export function statusOf(error: unknown): number | undefined {
  return ((error ?? {}) as SdkError).$metadata?.httpStatusCode;
}

/** Whether the SDK found that a body is not what the server's checksum of it says. */
export function isNotAsPut(error: unknown): boolean {
  return NOT_AS_PUT.test(((error ?? {}) as SdkError).message ?? "");
}

/** The server's words are looked at, and not repeated. */
function refusesChecksums(error: unknown): boolean {
  const { message = "" } = (error ?? {}) as SdkError;
  return statusOf(error) === 400 && /checksum|x-amz-trailer|aws-chunked/i.test(message);
}

function meaningOf(name: string, code: unknown, status: number | undefined, refusesChecksums: boolean): Meaning {
  const known = BY_NAME[refusesChecksums ? "InvalidChecksum" : name];
  if (known !== undefined) return known;
  const byStatus = status === undefined ? undefined : BY_STATUS[status];
  if (byStatus !== undefined) return byStatus;
  if (status === undefined && TIMEOUT.test(name) && (typeof code !== "string" || TIMEOUT.test(code))) return SILENT;
  if (status === undefined && (NETWORK.test(name) || (typeof code === "string" && NETWORK.test(code)))) return AWAY;
  if (status !== undefined && (status >= 500 || status === 429)) return BUSY;
  return ["IO_ERROR", "the request failed"];
}
