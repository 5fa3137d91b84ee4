import { ActivityFailure, CancelledFailure, ChildWorkflowFailure } from "@temporalio/common";
import {
  CancellationScope,
  type Next,
  type WorkflowExecuteInput,
  type WorkflowInboundCallsInterceptor,
} from "@temporalio/workflow";

/**
 * Lets a workflow that is being cancelled end as cancelled, whatever becomes of its last activities and children: one that fails
 * then, or whose worker is lost, is not tried again, and would make it a failed one.
 */
export class EndCancelled implements WorkflowInboundCallsInterceptor {
  async execute(input: WorkflowExecuteInput, next: Next<WorkflowInboundCallsInterceptor, "execute">): Promise<unknown> {
    try {
      return await next(input);
    } catch (failure) {
      if (!isOfWork(failure) || !CancellationScope.current().consideredCancelled) throw failure;
      throw new CancelledFailure("the work was cancelled", [], failure);
    }
  }
}

function isOfWork(failure: unknown): failure is ActivityFailure | ChildWorkflowFailure {
  return failure instanceof ActivityFailure || failure instanceof ChildWorkflowFailure;
}
