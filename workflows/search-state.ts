import type { SwarmPlan } from "../activities/open-run.js";
import type { IterationResult, Usage } from "../report/result.js";
import type { SwarmState } from "../swarm/state.js";

/** What any search carries from one execution to the next: references and numbers, never data. */
export interface DurableState {
  readonly iterations: readonly IterationResult[];
  readonly usage: Usage;
  /** Iteration that this run began its search from: 0, or that of the checkpoint it went on from. */
  readonly startedFrom: number;
  /** Milliseconds that all iterations since then took together. */
  readonly iterationMilliseconds: number;
}

/** What a search that moves generators carries. */
export interface SearchState extends DurableState {
  readonly plan: SwarmPlan;
  readonly swarm: SwarmState;
}
