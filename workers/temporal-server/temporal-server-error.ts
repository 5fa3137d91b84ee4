/** Why there is no Temporal server to work with. */
export type TemporalServerErrorCode =
  /** An executable that was named does not exist or cannot be executed. */
  | "bad-executable"
  /** None was found and none could be downloaded or built. */
  | "no-executable"
  /** It was started and ended, or did not become ready in time. */
  | "start-failed"
  /** The address given by the user does not answer. */
  | "unreachable"
  /** The server answers, but has no such namespace or refuses us. */
  | "namespace-unusable"
  /** Another process has held the lock for too long. */
  | "locked";

/** A Temporal server could not be found, started or reached. The message is one line that says what to do. */
export class TemporalServerError extends Error {
  override readonly name = "TemporalServerError";
  readonly code: TemporalServerErrorCode;

  constructor({ code, message, cause }: { code: TemporalServerErrorCode; message: string; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
