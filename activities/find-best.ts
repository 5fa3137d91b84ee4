import { ApplicationFailure } from "@temporalio/activity";
import { z } from "zod";
import { shownCluster } from "../config/sample-from.js";
import type { RunConfig } from "../config/schema.js";
import { readJson } from "../store/json.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run/run-inputs.js";

const bestSchema = z.object({
  best: z.object({ runId: z.string().optional(), particle: z.number().int(), iteration: z.number().int() }).nullable(),
});

/** All of it but `seed` belongs into a request for a sample: as the generator was measured, so it writes. */
export interface BestGenerator {
  /** The run that wrote it: of a hyperparameter search its winner. */
  readonly run: RunRef;
  /** Folder of its adapter in the store. */
  readonly adapter: string;
  /** What it is shown: of `SampleRequest`. */
  readonly cluster: number | null;
  readonly examples?: readonly string[];
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
  const adapter = keys.particle(holder, best.iteration, best.particle);
  return { run: { ...run, runId: holder }, adapter, ...shownAtBest(config, best.particle, adapter), seed: config.seed };
}

/** What the best generator of a run is shown: its cluster, all seed data, or what it found itself. */
export function shownAtBest(
  { generators }: Pick<RunConfig, "generators">,
  particle: number,
  adapter: string,
): Pick<BestGenerator, "cluster" | "examples"> {
  const { clusters, sampling } = generators;
  const { from } = sampling;
  return {
    cluster: shownCluster(from, particle, clusters),
    ...(from === "found" ? { examples: [keys.examples(adapter)] } : {}),
  };
}
