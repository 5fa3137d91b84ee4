import type { RunPlan } from "../activities/open-run.js";
import type { Usage } from "../report/result.js";

/** Whether any limit of a run's budget has been reached. */
export function isSpent({ budget }: RunPlan, usage: Usage): boolean {
  const limits = [
    [budget.questions, usage.questions],
    [budget.tokens, usage.tokens],
    [budget.usd, usage.usd],
  ] as const;
  return limits.some(([limit, spent]) => limit !== null && spent >= limit);
}
