import { z } from "zod";
import { clusterEmbeddings } from "../metrics/cluster.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { modelDigest } from "./sharing/model-digest.js";
import { once } from "./durability/once.js";
import type { RunRef } from "./run/run-inputs.js";
import { clustersSchema, readSeedQuestions } from "./run/seed-questions.js";
import { recipeDigest, shareResult, type SharedResult } from "./sharing/shared-result.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import type { WorkDone } from "./durability/usage-schema.js";

/** To be raised when the same questions are clustered otherwise. */
const VERSION = 1;

/** Clusters the seed questions by k-means over their average-pooled embeddings (section 2.1). Runs share the assignments. */
export async function clusterSeedData(
  dependencies: ActivityDependencies,
  { run }: { readonly run: RunRef },
): Promise<WorkDone> {
  const context = await dependencies.openRun(run);
  const elapsed = startStopwatch();
  let sharedSeconds: number | undefined;
  await once(context.store, keys.clusters(run.runId), clustersSchema, async () => {
    const questions = await readSeedQuestions(context);
    const texts = questions.map(({ question }) => question);
    const { result: assignments, ...work } = await assign(dependencies, context, texts);
    sharedSeconds = work.sharedSeconds;
    return Array.from({ length: context.config.generators.clusters }, (_, cluster) => ({
      cluster,
      questionIds: questions.filter((_, index) => assignments[index] === cluster).map(({ id }) => id),
    }));
  });
  return { usage: usageOfWork("cluster", elapsed(), [{ sharedSeconds }]) };
}

/** The cluster of each question. */
async function assign(
  dependencies: ActivityDependencies,
  { store, config, inputs, runId }: RunContext,
  questions: readonly string[],
): Promise<SharedResult<number[]>> {
  const base = inputs.generatorBase;
  const { clusters } = config.generators;
  const { seed } = config;
  return shareResult({
    store,
    digest: recipeDigest({ clusters: VERSION, model: await modelDigest(base), count: clusters, seed, questions }),
    madeFor: keys.clusters(runId),
    schema: z.array(z.number().int()).length(questions.length),
    work: async () => {
      const model = await dependencies.openModel(base);
      const embeddings = await model.embed(questions);
      return [...clusterEmbeddings({ embeddings, clusters, seed }).assignments];
    },
  });
}
