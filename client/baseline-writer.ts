import type { Writer } from "../activities/sampling/writer.js";
import { latestCheckpoint } from "../store/checkpoints.js";
import { baselineCheckpointSchema } from "./checkpoint-body.js";
import { InputError } from "./errors.js";
import type { FoundRun } from "./known-runs.js";

export interface BaselineWriter {
  readonly writer: Writer;
  /** The latest round that is done. */
  readonly round: number;
}

/** What a baseline has write questions: at its end, or so far. @throws InputError `NO_RESULT` */
export async function findBaselineWriter({ run: { runId }, store }: FoundRun): Promise<BaselineWriter> {
  const checkpoint = await latestCheckpoint(store, runId, baselineCheckpointSchema);
  if (checkpoint === undefined) {
    throw new InputError("NO_RESULT", `run ${runId} has nothing yet; \`swarm status ${runId}\` says where it is`);
  }
  const { writer } = checkpoint.body;
  if (writer === null) throw new InputError("NO_RESULT", `no question set of run ${runId} has a score`);
  return { writer, round: checkpoint.iteration };
}
