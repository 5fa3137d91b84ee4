import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from "@temporalio/worker";
import { ApplicationFailure } from "@temporalio/activity";
import { StoreError } from "../store/store-error.js";

/** Ends tries at what no other try can mend: a store that is read-only, full, or holds something else than it should. */
export class StoreFailures implements ActivityInboundCallsInterceptor {
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, "execute">): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      if (!(error instanceof StoreError) || error.isRetryable) throw error;
      throw ApplicationFailure.create({
        message: error.message,
        type: error.name,
        details: [error.code],
        nonRetryable: true,
        cause: error,
      });
    }
  }
}
