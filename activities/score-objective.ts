import { z } from "zod";
import { keys, type TakerPool } from "../store/keys.js";
import { takerPerformance } from "../swarm/objectives/performance.js";
import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./durability/once.js";
import { readEvaluation } from "./measuring/read-evaluation.js";
import type { RunRef } from "./run/run-inputs.js";
import { usageSchema } from "./durability/usage-schema.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { takersOf } from "./run/taker-pool.js";

export const scoreSchema = z.strictObject({
  objective: z.string(),
  score: z.number(),
  /** Mean performance by taker, 0 to 1. */
  performance: z.record(z.string(), z.number()),
  /** Graded questions. */
  questions: z.number().int(),
  usage: usageSchema,
});
export type Score = z.infer<typeof scoreSchema>;

export interface ScoreRequest {
  readonly run: RunRef;
  readonly folder: string;
  /** The takers that it is scored over; "search" where not given. */
  readonly pool?: TakerPool;
}

/** Scores one generator's graded questions on the run's objective (section 2.2). */
export async function scoreObjective(
  dependencies: ActivityDependencies,
  { run, folder, pool = "search" }: ScoreRequest,
): Promise<Score> {
  const context = await dependencies.openRun(run);
  return once(context.store, keys.score(keys.pool(folder, pool)), scoreSchema, async () => {
    const elapsed = startStopwatch();
    const { objective } = context;
    const { evaluation, questions } = await readEvaluation(context, { folder, pool });
    const means = takerPerformance(evaluation.performance);
    return {
      objective: objective.name,
      score: objective.score(evaluation),
      performance: Object.fromEntries(
        takersOf(context.inputs, pool).map(({ name }, index) => [name, means[index] as number]),
      ),
      questions: questions.length,
      usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { score: elapsed() } },
    };
  });
}
