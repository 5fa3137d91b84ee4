import type { SwarmParameters } from "./parameters.js";
import type { SwarmState } from "./state.js";

/** Why a search ended: `stoppedBecause` of `result.json`. */
export type StopReason = "patience" | "max-iterations" | "stop-requested" | "budget";

/**
 * Why the search ends after `state`, or null where it goes on.
 * The algorithm's own ends come first, so that a request that arrives in the last iteration does not hide them: g did not
 * change in the last c iterations (`patience`), or K iterations are done (Algorithm 1, lines 7 and 8).
 */
export function stopReason(options: {
  readonly state: Pick<SwarmState, "iteration" | "stagnation">;
  readonly parameters: Pick<SwarmParameters, "patience" | "maxIterations">;
  readonly stopRequested: boolean;
  readonly budgetSpent: boolean;
}): StopReason | null {
  const { state, parameters, stopRequested, budgetSpent } = options;
  if (state.stagnation >= parameters.patience) return "patience";
  if (state.iteration >= parameters.maxIterations) return "max-iterations";
  if (stopRequested) return "stop-requested";
  if (budgetSpent) return "budget";
  return null;
}
