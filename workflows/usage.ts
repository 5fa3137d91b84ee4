import type { SharedUsage, Usage } from "../report/result.js";

/** No work done. */
export const NO_USAGE: Usage = { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: {} };

/** Adds what work cost; seconds by stage. */
export function addUsage(one: Usage, other: Usage): Usage {
  const shared = one.shared && other.shared ? addCounts(one.shared, other.shared) : (one.shared ?? other.shared);
  return { ...addCounts(one, other), usd: one.usd + other.usd, ...(shared === undefined ? {} : { shared }) };
}

function addCounts(one: SharedUsage, other: SharedUsage): SharedUsage {
  const seconds = { ...one.seconds };
  for (const [stage, value] of Object.entries(other.seconds)) seconds[stage] = (seconds[stage] ?? 0) + value;
  return {
    questions: one.questions + other.questions,
    tokens: one.tokens + other.tokens,
    calls: one.calls + other.calls,
    seconds,
  };
}
