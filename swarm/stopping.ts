import type { SwarmParameters } from "./parameters.js";
import type { SwarmState } from "./state.js";

/** Why a search ended: `stoppedBecause` of `result.json`. */
export type StopReason = "patience" | "max-iterations" | "hopeless" | "stop-requested" | "budget";

/**
 * Why the search ends after `state`, or null where it goes on.
 * The algorithm's own ends come first, so that a request that arrives in the last iteration does not hide them: g did not
 * change in the last c iterations (`patience`), or K iterations are done (Algorithm 1, lines 7 and 8).
 *
 * @param hopeless whether the median stopping rule of a hyperparameter search says so: see `median-stopping.ts`
 */
export function stopReason(options: {
  readonly state: Pick<SwarmState, "iteration" | "stagnation">;
  readonly parameters: Pick<SwarmParameters, "patience" | "maxIterations">;
  readonly hopeless?: boolean;
  readonly stopRequested: boolean;
  readonly budgetSpent: boolean;
}): StopReason | null {
  const { state, parameters, hopeless = false, stopRequested, budgetSpent } = options;
  if (state.stagnation >= parameters.patience) return "patience";
  if (state.iteration >= parameters.maxIterations) return "max-iterations";
  if (hopeless) return "hopeless";
  if (stopRequested) return "stop-requested";
  if (budgetSpent) return "budget";
  return null;
}

/**
 * Iterations in which none of several swarms found a new global best: a search of more than one ends when all of them have stood
 * still for c (Algorithm 2, line 4).
 */
export function jointStagnation(swarms: readonly Pick<SwarmState, "stagnation">[]): number {
  return Math.min(...swarms.map(({ stagnation }) => stagnation));
}
