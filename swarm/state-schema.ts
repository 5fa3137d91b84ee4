/** Reads a checkpoint's state back. Apart from `state.ts`, so that a workflow need not bundle zod. */
import { z } from "zod";
import type { SwarmState } from "./state.js";

const count = z.number().int().nonnegative();
const score = z.number().nullable();
const adapter = z.string().min(1);
const evidence = z.array(z.string().min(1)).min(1).optional();

/** Refuses unknown keys: a checkpoint of another version is an error and not half a state. */
export const swarmStateSchema = z.strictObject({
  iteration: count,
  particles: z
    .array(
      z.strictObject({
        position: adapter,
        velocity: adapter.nullable(),
        personalBest: z.strictObject({ position: adapter, score, iteration: count, evidence }),
        score,
        restartedIn: count.nullable(),
      }),
    )
    .min(1),
  globalBest: z
    .strictObject({ particle: count, iteration: count, position: adapter, score: z.number(), evidence })
    .nullable(),
  globalWorst: z.strictObject({ particle: count, iteration: count, position: adapter, score }),
  stagnation: count,
  stepLength: z.number().positive(),
}) satisfies z.ZodType<SwarmState>;
