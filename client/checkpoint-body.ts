/** What a checkpoint holds, read back. */
import { z } from "zod";
import type { IterationResult } from "../report/result.js";
import type { SwarmState } from "../swarm/state.js";

const score = z.number().nullable();
const whole = z.number().int().nonnegative();

const particle = z.strictObject({
  position: z.string(),
  velocity: z.string().nullable(),
  personalBest: z.strictObject({ position: z.string(), score, iteration: whole }),
  score,
  restartedIn: whole.nullable(),
});

const scored = { particle: whole, iteration: whole, position: z.string() };

const swarm = z.strictObject({
  iteration: whole,
  particles: z.array(particle).min(1),
  globalBest: z.strictObject({ ...scored, score: z.number() }).nullable(),
  globalWorst: z.strictObject({ ...scored, score }),
  stagnation: whole,
  stepLength: z.number(),
}) satisfies z.ZodType<SwarmState>;

const iteration = z.looseObject({
  iteration: whole,
  scores: z.array(score),
  best: score,
  worst: score,
}) satisfies z.ZodType<IterationResult>;

export const checkpointSchema = z.looseObject({ configDigest: z.string(), swarm, iterations: z.array(iteration) });
export type CheckpointBody = z.infer<typeof checkpointSchema>;
