import { CancellationScope, isCancellation } from "@temporalio/workflow";

/**
 * Runs work side by side. Where one part fails the others are cancelled and awaited before the failure goes on, so that no
 * activity is left behind and no rejection unhandled.
 */
export async function settleAll<Result>(parts: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  return CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const running = parts.map(async (part) => {
      try {
        return await part();
      } catch (failure) {
        scope.cancel();
        throw failure;
      }
    });
    const settled = await Promise.allSettled(running);
    // The first failure is the cause; those after it are mostly the cancellation that it brought about.
    const failures = settled.filter((outcome) => outcome.status === "rejected");
    const cause = failures.find((outcome) => !isCancellation(outcome.reason)) ?? failures[0];
    if (cause !== undefined) throw cause.reason;
    return settled.map((outcome) => (outcome as PromiseFulfilledResult<Result>).value);
  });
}
