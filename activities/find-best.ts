import { ApplicationFailure } from "@temporalio/activity";
import { z } from "zod";
import { readJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run-inputs.js";

const bestSchema = z.object({
  best: z.object({ runId: z.string().optional(), particle: z.number().int(), iteration: z.number().int() }).nullable(),
});

export interface BestGenerator {
  /** The run that wrote it: of a hyperparameter search its winner. */
  readonly run: RunRef;
  /** Folder of its adapter in the store. */
  readonly adapter: string;
  /** Whose seed questions it is shown; null for all of the seed data. */
  readonly cluster: number | null;
  readonly seed: number;
}

/** The best generator of a finished run. */
export async function findBest(
  dependencies: ActivityDependencies,
  { run }: { readonly run: RunRef },
): Promise<BestGenerator> {
  const { store, config } = await dependencies.openRun(run);
  const { best } = await readJson(store, keys.result(run.runId), bestSchema);
  if (best === null) {
    throw ApplicationFailure.nonRetryable(`run ${run.runId} found no generator with a score`, "NoBestGenerator");
  }
  const holder = best.runId ?? run.runId;
  return {
    run: { ...run, runId: holder },
    adapter: keys.particle(holder, best.iteration, best.particle),
    cluster: config.generators.sampling.from === "cluster" ? best.particle : null,
    seed: config.seed,
  };
}
