import { ApplicationFailure, TemporalFailure } from "@temporalio/common";
import {
  ContinueAsNew,
  type Next,
  type WorkflowExecuteInput,
  type WorkflowInboundCallsInterceptor,
} from "@temporalio/workflow";

/**
 * Lets a workflow whose own code throws end as failed, saying why. Temporal would run the code again and again without end, and
 * the run would only be silent. Nothing is lost: started again it finds what is done.
 */
export class FailOnFaults implements WorkflowInboundCallsInterceptor {
  async execute(input: WorkflowExecuteInput, next: Next<WorkflowInboundCallsInterceptor, "execute">): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      if (error instanceof TemporalFailure || error instanceof ContinueAsNew || !(error instanceof Error)) throw error;
      throw ApplicationFailure.create({ message: error.message, type: error.name, nonRetryable: true, cause: error });
    }
  }
}
