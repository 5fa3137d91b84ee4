import type { StagePlan } from "../activities/run/stage-plan.js";
import type { Usage } from "../report/result.js";

/**
 * Whether any limit of a run's budget has been reached. What was taken from other runs counts as if it were the run's own, so
 * that a run ends where it ends, whatever is in its store.
 */
export function isSpent({ budget }: Pick<StagePlan, "budget">, usage: Usage): boolean {
  const limits = [
    [budget.questions, usage.questions + (usage.shared?.questions ?? 0)],
    [budget.tokens, usage.tokens + (usage.shared?.tokens ?? 0)],
    [budget.usd, usage.usd],
  ] as const;
  return limits.some(([limit, spent]) => limit !== null && spent >= limit);
}
