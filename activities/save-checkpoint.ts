import type { TakerIteration } from "../report/adversarial-result.js";
import type { IterationResult } from "../report/result.js";
import { commitCheckpoint } from "../store/checkpoints.js";
import type { SwarmState } from "../swarm/state.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";

export interface CheckpointRequest {
  readonly run: RunRef;
  readonly swarm: SwarmState;
  readonly iterations: readonly IterationResult[];
  /** Of a search that moves its takers too. */
  readonly adversarial?: TakerSwarm | undefined;
}

/** The swarm of test takers beside that of the generators. */
export interface TakerSwarm {
  readonly takers: SwarmState;
  readonly iterations: readonly TakerIteration[];
}

/** Commits an iteration: everything it refers to is in the store already, and this is written last. */
export async function saveCheckpoint(
  dependencies: ActivityDependencies,
  { run, swarm, iterations, adversarial }: CheckpointRequest,
): Promise<void> {
  const { store, inputs } = await dependencies.openRun(run);
  await commitCheckpoint(store, run.runId, swarm.iteration, {
    configDigest: inputs.configDigest,
    swarm,
    iterations,
    adversarial,
  });
}
