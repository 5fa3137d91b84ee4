/** What went wrong with a call of an endpoint. Messages hold no key, so they may go into histories and logs. */

export type EndpointErrorCode =
  /** The environment variable that should hold the key is not set. */
  | "MISSING_KEY"
  /** The key cannot be sent: it holds a space, a line break or a character outside ASCII. */
  | "INVALID_KEY"
  /** The server will not take this request at any time: 400, 401, 403, 404 and other 4xx, or a quota that is spent. */
  | "REFUSED"
  /** 429. */
  | "RATE_LIMITED"
  /** 408, 409, 5xx, or no connection. */
  | "UNAVAILABLE"
  | "TIMEOUT"
  /** An answer that is no chat completion, or holds no choice. */
  | "INVALID_REPLY"
  /** A completion that the server says it could not end. */
  | "BROKEN_OFF"
  /** A completion without text. */
  | "EMPTY_REPLY"
  /** A completion that the model or a content filter refused to give. */
  | "WITHHELD_REPLY"
  /** A completion without the token counts that the config's budget or price needs. */
  | "MISSING_USAGE";

/** Tokens and calls that have to be paid for. */
export interface Paid {
  readonly calls: number;
  /** Null where the server does not say. */
  readonly promptTokens: number | null;
  readonly generatedTokens: number | null;
}

const RETRYABLE: ReadonlySet<EndpointErrorCode> = new Set([
  "RATE_LIMITED",
  "UNAVAILABLE",
  "TIMEOUT",
  "INVALID_REPLY",
  "BROKEN_OFF",
]);

/** @param status of HTTP, no success, or the same number in an error's text */
export function codeOfStatus(status: number): EndpointErrorCode {
  if (status === 429) return "RATE_LIMITED";
  return status === 408 || status === 409 || status >= 500 ? "UNAVAILABLE" : "REFUSED";
}

interface EndpointErrorFacts {
  readonly code: EndpointErrorCode;
  readonly message: string;
  readonly retryAfterMilliseconds?: number | undefined;
  readonly paid?: Paid | undefined;
}

export class EndpointError extends Error {
  override readonly name = "EndpointError";
  readonly code: EndpointErrorCode;
  /** What the server asked for (`Retry-After`). */
  readonly retryAfterMilliseconds: number | undefined;
  /** What a reply of no use cost. */
  readonly paid: Paid | undefined;

  constructor({ code, message, retryAfterMilliseconds, paid }: EndpointErrorFacts) {
    super(message);
    this.code = code;
    this.retryAfterMilliseconds = retryAfterMilliseconds;
    this.paid = paid;
  }

  /** Whether it may be gone later, without anyone doing anything about it. */
  get isRetryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}
