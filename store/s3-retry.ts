/** When an S3 request that failed is sent again. */
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

export type RetryStrategy = Extract<
  S3ClientConfig["retryStrategy"],
  { acquireInitialRetryToken: (scope: string) => unknown }
>;
type RetryToken = Awaited<ReturnType<RetryStrategy["acquireInitialRetryToken"]>>;
type RetryErrorInfo = Parameters<RetryStrategy["refreshRetryTokenForRetry"]>[1];

/** Tries of one request, and of reading on in one body without any progress. */
export const MOST_TRIES = 6;
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5000;

/** What servers, and proxies before them, say when they or the network are at fault, and the same request may well work. */
const NAMES = new Set([
  "BadDigest",
  "XAmzContentSHA256Mismatch",
  "XAmzContentChecksumMismatch",
  "IncompleteBody",
  "RequestTimeout",
  "OperationAborted",
  "ConditionalRequestConflict",
]);

interface RequestError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Sends a request again that may work now, also where the SDK would not: after a 501, which may come from a proxy on the way,
 * and after a body that was damaged on its way to the server. Unlike the SDK's strategies it has no allowance that many failures
 * of other requests use up, but ends when a request has taken long enough: work that waits longer is tried again as a whole.
 */
export class PatientRetryStrategy {
  readonly #limitMilliseconds: number;
  readonly #startedAt = new WeakMap<RetryToken, number>();

  /** @param limitMilliseconds no try begins later than this after the first */
  constructor(limitMilliseconds: number) {
    this.#limitMilliseconds = limitMilliseconds;
  }

  acquireInitialRetryToken(): Promise<RetryToken> {
    return Promise.resolve(this.#token(0, 0, performance.now()));
  }

  /** Waits before it resolves. */
  async refreshRetryTokenForRetry(token: RetryToken, failure: RetryErrorInfo): Promise<RetryToken> {
    const tries = token.getRetryCount() + 1;
    const startedAt = this.#startedAt.get(token) ?? performance.now();
    const isLate = performance.now() - startedAt > this.#limitMilliseconds;
    if (tries >= MOST_TRIES || isLate || !isWorthAnotherTry(failure)) throw new Error("no further try");
    const pause = Math.max(pauseMilliseconds(tries), askedFor(failure));
    await sleep(pause);
    return this.#token(tries, 0, startedAt);
  }

  recordSuccess(): void {
    // Nothing is counted over requests.
  }

  #token(retries: number, delay: number, startedAt: number): RetryToken {
    const token: RetryToken = { getRetryCount: () => retries, getRetryDelay: () => delay };
    this.#startedAt.set(token, startedAt);
    return token;
  }
}

/** Doubles with each try, at random between half and the whole, so that those who failed together do not come back together. */
export function pauseMilliseconds(tries: number): number {
  const longest = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (tries - 1), LONGEST_PAUSE_MILLISECONDS);
  return randomInt(longest / 2, longest + 1);
}

function isWorthAnotherTry({ error, errorType }: RetryErrorInfo): boolean {
  if (errorType !== "CLIENT_ERROR") return true;
  const { name = "", $metadata } = (error ?? {}) as RequestError;
  return NAMES.has(name) || $metadata?.httpStatusCode === 409;
}

/** A server may ask for a pause, within reason. */
function askedFor({ retryAfterHint }: RetryErrorInfo): number {
  const milliseconds = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
  return Math.min(Math.max(milliseconds, 0), LONGEST_PAUSE_MILLISECONDS);
}
