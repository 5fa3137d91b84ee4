import { latestCheckpoint } from "../store/checkpoints.js";
import { checkpointSchema } from "./checkpoint-body.js";
import { InputError } from "./errors.js";
import type { FoundRun } from "./known-runs.js";
import { readExisting } from "./stage-run.js";

export interface BestTaker {
  readonly name: string;
  readonly iteration: number;
  /** Folder of its adapter in the store; of an initial taker the one that it came with. */
  readonly adapter: string;
}

/** The best test taker of an adversarial swarm: at its end, or so far. @throws InputError `NO_RESULT` */
export async function findBestTaker({ run: { runId }, store }: FoundRun): Promise<BestTaker> {
  const checkpoint = await latestCheckpoint(store, runId, checkpointSchema);
  if (checkpoint === undefined) {
    throw new InputError("NO_RESULT", `run ${runId} has no scores yet; \`swarm status ${runId}\` says where it is`);
  }
  const best = checkpoint.body.adversarial?.takers.globalBest ?? null;
  if (best === null) {
    throw new InputError(
      "NO_RESULT",
      `the test takers of run ${runId} do not move; \`swarm best\` without --taker gives its generator`,
    );
  }
  const { particle, iteration, position } = best;
  const name = (await readExisting(store, runId))?.takers[particle]?.name ?? `taker ${particle}`;
  return { name, iteration, adapter: position };
}
