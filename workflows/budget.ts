import type { StagePlan } from "../activities/stage-plan.js";
import type { Usage } from "../report/result.js";

/** Whether any limit of a run's budget has been reached. */
export function isSpent({ budget }: StagePlan, usage: Usage): boolean {
  const limits = [
    [budget.questions, usage.questions],
    [budget.tokens, usage.tokens],
    [budget.usd, usage.usd],
  ] as const;
  return limits.some(([limit, spent]) => limit !== null && spent >= limit);
}
