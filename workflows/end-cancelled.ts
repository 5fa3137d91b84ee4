import { ActivityFailure, CancelledFailure } from "@temporalio/common";
import { CancellationScope } from "@temporalio/workflow";

/**
 * Lets a workflow that is being cancelled end as cancelled, whatever becomes of its last activities: one that fails then, or
 * whose worker is lost, is not tried again, and would make it a failed one.
 */
export async function endCancelled<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof ActivityFailure) || !CancellationScope.current().consideredCancelled) throw failure;
    throw new CancelledFailure("the run was cancelled", [], failure);
  }
}
