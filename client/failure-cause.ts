/** What is at the bottom of a failed workflow: failures wrap each other, the innermost says what happened. */

interface Failure extends Error {
  readonly type?: string | null;
}

/** Innermost error, and the `type` that the activity or workflow gave it. */
export function rootCause(error: Error): { readonly type: string; readonly message: string } {
  let innermost: Failure = error;
  let type = "RUN_FAILED";
  for (let current: Failure | undefined = error; current !== undefined; current = causeOf(current)) {
    innermost = current;
    if (typeof current.type === "string" && current.type !== "") type = current.type;
  }
  return { type, message: innermost.message };
}

export function cancelledOrTerminated(error: Error): "cancelled" | "terminated" | undefined {
  for (let current: Error | undefined = error; current !== undefined; current = causeOf(current)) {
    if (current.name === "CancelledFailure") return "cancelled";
    if (current.name === "TerminatedFailure") return "terminated";
    // A failure of another kind that a cancellation brought about is still that failure.
    if (current.name === "ApplicationFailure") return undefined;
  }
  return undefined;
}

function causeOf(error: Error): Error | undefined {
  return error.cause instanceof Error ? error.cause : undefined;
}
