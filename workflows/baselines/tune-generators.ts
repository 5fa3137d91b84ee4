import type { Usage } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import { gpu } from "../activity-options.js";
import type { StageContext } from "../evaluate.js";
import { settleAll } from "../settle.js";
import { addUsage } from "../usage.js";

/** Makes the initial generators as a swarm does, in the folders that a swarm has them in: equal seeds give equal ones. */
export async function tuneGenerators({ run, plan, progress, hold }: StageContext): Promise<{
  /** Folders, in the order of the clusters. */
  readonly adapters: readonly [string, ...string[]];
  readonly usage: Usage;
}> {
  progress.expect("cluster", 1);
  progress.expect("fine-tune", plan.clusters);
  await hold();
  const clustered = await progress.track("cluster", gpu.clusterSeedData({ run }));
  const tuned = await settleAll(
    Array.from({ length: plan.clusters }, (_, cluster) => async () => {
      const folder = keys.particle(run.runId, 0, cluster);
      await hold();
      const { usage } = await progress.track("fine-tune", gpu.fineTuneGenerator({ run, cluster, folder }));
      return { folder, usage };
    }),
  );
  // A config has one cluster or more.
  const adapters = tuned.map(({ folder }) => folder) as [string, ...string[]];
  return { adapters, usage: tuned.map(({ usage }) => usage).reduce(addUsage, clustered.usage) };
}
