import { z } from "zod";
import { setImmediate as yieldToOthers } from "node:timers/promises";
import { Context } from "@temporalio/activity";
import { type Clusters, clusterings } from "../metrics/cluster.js";
import { keys } from "../store/keys.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import { Counting, progressTeller } from "./durability/progress.js";
import { modelDigest } from "./sharing/model-digest.js";
import { embedTexts } from "./measuring/embed-texts.js";
import { once } from "./durability/once.js";
import type { RunRef } from "./run/run-inputs.js";
import { clustersSchema, readSeedQuestions } from "./run/seed-questions.js";
import { recipeDigest, shareResult, type SharedResult } from "./sharing/shared-result.js";
import { startStopwatch } from "./durability/stopwatch.js";
import { usageOfWork } from "./durability/usage-of-work.js";
import type { WorkDone } from "./durability/usage-schema.js";

/** To be raised when the same questions are clustered otherwise. */
const VERSION = 1;
/** Starts of k-means. */
const STARTS = 10;

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
      const embeddings = await embedTexts(model, questions);
      return [...(await cluster({ embeddings, clusters, seed })).assignments];
    },
  });
}

/** Lets heartbeats and signals through between two starts of k-means, which take seconds where there is much data. */
async function cluster(options: Parameters<typeof clusterings>[0]): Promise<Clusters> {
  const { cancellationSignal } = Context.current();
  const tellProgress = progressTeller();
  const counting = new Counting("clustering", { unit: "start", of: STARTS });
  let [best, done] = [undefined as Clusters | undefined, 0];
  for (best of clusterings({ ...options, restarts: STARTS })) {
    tellProgress(counting.at(++done));
    await yieldToOthers();
    cancellationSignal.throwIfAborted();
  }
  if (best === undefined) throw new RangeError("k-means was not started");
  return best;
}
