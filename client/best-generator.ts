import type { RunRef } from "../activities/run/run-inputs.js";
import { searchRunId } from "../config/search-schema.js";
import { holdingRun } from "../report/hyperparameter-search.js";
import { latestCheckpoint } from "../store/checkpoints.js";
import { keys } from "../store/keys.js";
import type { Store } from "../store/store.js";
import { firstBest } from "../swarm/ranking.js";
import { findBaselineAdapter } from "./baseline-adapter.js";
import { checkpointSchema } from "./checkpoint-body.js";
import { InputError } from "./errors.js";
import type { FoundRun } from "./known-runs.js";
import { readStoredConfig } from "./read-stored-config.js";
import { readResult } from "./run-result.js";

export interface BestGenerator {
  /** The run that made it: of a hyperparameter search one of its runs. */
  readonly run: RunRef;
  readonly particle: number;
  readonly iteration: number;
  /** Folder of its adapter in the store. */
  readonly adapter: string;
}

/** The best generator that a run has found: at its end, or so far. @throws InputError `NO_RESULT`, `NO_ADAPTER` */
export async function findBestGenerator(found: FoundRun): Promise<BestGenerator> {
  const config = await readStoredConfig(found.store, found.run.runId);
  return config.kind === "baseline" ? findBaselineAdapter(found, config.baseline.method) : bestOfSwarm(found);
}

async function bestOfSwarm({ run, store }: FoundRun): Promise<BestGenerator> {
  const { runId } = run;
  const reached = await Promise.all(
    (await searchedBy(store, runId)).map(async (holder) => {
      const checkpoint = await latestCheckpoint(store, holder, checkpointSchema);
      return checkpoint === undefined ? [] : [{ holder, globalBest: checkpoint.body.swarm.globalBest }];
    }),
  );
  const best = firstBest(reached.flat(), ({ globalBest }) => globalBest?.score ?? null);
  if (best === undefined) {
    throw new InputError(
      "NO_RESULT",
      `run ${runId} has no initial generators yet; \`swarm status ${runId}\` says where it is`,
    );
  }
  const { holder, globalBest } = best;
  if (globalBest === null) throw new InputError("NO_RESULT", `no generator of run ${runId} has a score`);
  const { particle, iteration } = globalBest;
  return { run: { ...run, runId: holder }, particle, iteration, adapter: keys.particle(holder, iteration, particle) };
}

/** The runs whose checkpoints hold what a run has found: itself, or those of its hyperparameter search, at its end the winner. */
async function searchedBy(store: Store, runId: string): Promise<readonly string[]> {
  const result = await readResult(store, runId);
  if (result !== undefined) return [holdingRun(result)];
  const config = await readStoredConfig(store, runId);
  if (!("search" in config) || config.search === undefined) return [runId];
  return Array.from({ length: config.search.runs }, (_, index) => searchRunId(runId, index));
}
