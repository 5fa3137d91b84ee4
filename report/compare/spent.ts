import type { Usage } from "../result.js";

/** What something took. */
export interface Spent {
  readonly questions: number;
  readonly tokens: number;
  readonly calls: number;
  readonly usd: number;
  /** Of all stages; work that was done side by side counts each. */
  readonly seconds: number;
}

/** What a run's result took in all: what it spent itself and what it had from other runs, so that no method is cheap by its turn. */
export function spentOf({ questions, tokens, calls, usd, seconds, shared }: Usage): Spent {
  return {
    questions: questions + (shared?.questions ?? 0),
    tokens: tokens + (shared?.tokens ?? 0),
    calls: calls + (shared?.calls ?? 0),
    usd,
    seconds: total(seconds) + total(shared?.seconds ?? {}),
  };
}

function total(seconds: Readonly<Record<string, number>>): number {
  return Object.values(seconds).reduce((sum, one) => sum + one, 0);
}
