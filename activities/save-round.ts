import type { IterationResult } from "../report/result.js";
import { commitCheckpoint } from "../store/checkpoints.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";
import type { Writer } from "./sampling/writer.js";

export interface RoundRequest {
  readonly run: RunRef;
  readonly round: number;
  /** Who would write if the method ended here; null where nothing had a score yet. */
  readonly writer: Writer | null;
  readonly iterations: readonly IterationResult[];
}

/** Commits a round of a baseline: everything it refers to is in the store already, and this is written last. */
export async function saveRound(
  dependencies: ActivityDependencies,
  { run, round, writer, iterations }: RoundRequest,
): Promise<void> {
  const { store, inputs } = await dependencies.openRun(run);
  await commitCheckpoint(store, run.runId, round, { configDigest: inputs.configDigest, writer, iterations });
}
