import { clusterEmbeddings } from "../metrics/cluster.js";
import { keys } from "../store/keys.js";

import type { ActivityDependencies } from "./dependencies.js";
import { once } from "./once.js";
import type { RunRef } from "./run-inputs.js";
import { clustersSchema, readSeedQuestions } from "./seed-questions.js";
import { startStopwatch } from "./stopwatch.js";
import type { WorkDone } from "./usage-schema.js";
import { whileBeating } from "./while-beating.js";

/** Clusters the seed questions by k-means over their average-pooled embeddings (section 2.1). */
export async function clusterSeedData(
  dependencies: ActivityDependencies,
  { run }: { readonly run: RunRef },
): Promise<WorkDone> {
  const context = await dependencies.openRun(run);
  const elapsed = startStopwatch();
  await once(context.store, keys.clusters(run.runId), clustersSchema, async () => {
    const questions = await readSeedQuestions(context);
    const model = await dependencies.openModel(context.inputs.generatorBase);
    const embeddings = await whileBeating(() => model.embed(questions.map(({ question }) => question)));
    const { clusters: count } = context.config.generators;
    const { assignments } = clusterEmbeddings({ embeddings, clusters: count, seed: context.config.seed });
    return Array.from({ length: count }, (_, cluster) => ({
      cluster,
      questionIds: questions.filter((_, index) => assignments[index] === cluster).map(({ id }) => id),
    }));
  });
  return { usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: { cluster: elapsed() } } };
}
