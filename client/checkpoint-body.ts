/** What a checkpoint holds, read back. */
import { z } from "zod";
import { writerSchema } from "../activities/sampling/writer.js";
import { swarmStateSchema } from "../swarm/state-schema.js";
import { iterationSchema } from "./run-result.js";

/** What the checkpoints of all kinds of run have. */
const common = { configDigest: z.string(), iterations: z.array(iterationSchema) };
export const anyCheckpointSchema = z.looseObject(common);

/** Of a baseline: who would write if it ended there; null where nothing had a score yet. */
export const baselineCheckpointSchema = z.looseObject({ ...common, writer: writerSchema.nullable() });

/** Of a swarm. */
export const checkpointSchema = z.looseObject({
  ...common,
  swarm: swarmStateSchema,
  /** Of a search that moves its test takers too. */
  adversarial: z.looseObject({ takers: swarmStateSchema }).optional(),
});
export type CheckpointBody = z.infer<typeof checkpointSchema>;
