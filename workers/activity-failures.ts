import { ApplicationFailure, CompleteAsyncError, type Context } from "@temporalio/activity";
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from "@temporalio/worker";
import { worthAnotherTry } from "../activities/durability/another-try.js";
import { withoutSecrets } from "./without-secrets.js";

/** Tries of an activity that this process gives a fault which may be met by every try. */
export const FEW = 5;

/** How often activities of this process have failed so, by execution and activity. */
export type Faults = Map<string, number>;

/** Tells the server of each failure whether another try is worth it, so that nothing is tried for ever that can not succeed. */
export class ActivityFailures implements ActivityInboundCallsInterceptor {
  readonly #context: Context;
  readonly #faults: Faults;

  constructor(context: Context, faults: Faults) {
    this.#context = context;
    this.#faults = faults;
  }

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, "execute">): Promise<unknown> {
    try {
      const result = await next(input);
      this.#faults.delete(this.#key());
      return result;
    } catch (error) {
      // What it throws then is how it ended.
      if (this.#context.cancellationSignal.aborted || error instanceof CompleteAsyncError) throw error;
      throw this.#asFailure(error);
    }
  }

  #asFailure(error: unknown): ApplicationFailure {
    const failure = failureOf(error);
    if (failure.nonRetryable === true) return this.#last(failure);
    const type = failure.type ?? "Error";
    switch (worthAnotherTry({ name: type, code: failure.details?.[0] })) {
      case "always":
        return failure;
      case "never":
        return this.#last(failure);
      case "few": {
        const faults = (this.#faults.get(this.#key()) ?? 0) + 1;
        this.#faults.set(this.#key(), faults);
        return faults < FEW ? failure : this.#last(failure, `failed ${FEW} times: `);
      }
    }
  }

  #last(failure: ApplicationFailure, why = ""): ApplicationFailure {
    this.#faults.delete(this.#key());
    const { message, type, details, stack } = failure;
    return newFailure({
      message: `${why}${message}`,
      type: type ?? "Error",
      details: details ?? [],
      stack,
      isLast: true,
    });
  }

  #key(): string {
    const { activityId, workflowExecution } = this.#context.info;
    return `${workflowExecution?.workflowId} ${workflowExecution?.runId} ${activityId}`;
  }
}

/** With the error's name as type, and its code as the first of the details. */
function failureOf(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (!(error instanceof Error))
    return newFailure({ message: String(error), type: "Error", details: [], isLast: false });
  const { message, name, stack } = error;
  const { code } = error as { readonly code?: unknown };
  return newFailure({ message, type: name, details: typeof code === "string" ? [code] : [], stack, isLast: false });
}

/** Without the error's cause: whoever shows a failure shows the innermost, which may be a library's and say less. */
function newFailure(facts: {
  readonly message: string;
  readonly type: string;
  readonly details: unknown[];
  readonly stack?: string | undefined;
  readonly isLast: boolean;
}): ApplicationFailure {
  const { message, type, details, stack, isLast } = facts;
  const failure = ApplicationFailure.create({ message: withoutSecrets(message), type, details, nonRetryable: isLast });
  if (stack !== undefined) failure.stack = withoutSecrets(stack);
  return failure;
}
