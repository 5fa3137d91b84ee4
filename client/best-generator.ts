import { latestCheckpoint } from "../store/checkpoints.js";
import { keys } from "../store/keys.js";
import { checkpointSchema } from "./checkpoint-body.js";
import { InputError } from "./errors.js";
import type { FoundRun } from "./known-runs.js";

export interface BestGenerator {
  readonly particle: number;
  readonly iteration: number;
  /** Folder of its adapter in the store. */
  readonly adapter: string;
}

/** The best generator that a run has found: at its end, or so far. @throws InputError `NO_RESULT` */
export async function findBestGenerator({ run: { runId }, store }: FoundRun): Promise<BestGenerator> {
  const checkpoint = await latestCheckpoint(store, runId, checkpointSchema);
  if (checkpoint === undefined) {
    throw new InputError(
      "NO_RESULT",
      `run ${runId} has no initial generators yet; \`swarm status ${runId}\` says where it is`,
    );
  }
  const { globalBest } = checkpoint.body.swarm;
  if (globalBest === null) throw new InputError("NO_RESULT", `no generator of run ${runId} has a score`);
  const { particle, iteration } = globalBest;
  return { particle, iteration, adapter: keys.particle(runId, iteration, particle) };
}
