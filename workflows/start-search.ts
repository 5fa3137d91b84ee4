import { ApplicationFailure } from "@temporalio/workflow";
import type { WorkDone } from "../activities/durability/usage-schema.js";
import type { SwarmPlan } from "../activities/open-run.js";
import type { Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import { initialSwarm } from "../swarm/advance.js";
import type { SwarmState } from "../swarm/state.js";
import { gpu } from "./activity-options.js";
import { commitIteration } from "./commit-iteration.js";
import { answerAndJudge, expectAnswers, expectEvaluations, type StageContext } from "./evaluate.js";
import { evaluateGenerator } from "./evaluate-generator.js";
import { particlesOf, searchSample } from "./search-sample.js";
import type { SearchState } from "./search-state.js";
import { settleAll } from "./settle.js";
import { addUsage, NO_USAGE } from "./usage.js";

/** Iteration 0: the initial generators, committed. */
export async function startSearch(stage: StageContext<SwarmPlan>): Promise<SearchState> {
  const { plan } = stage;
  const initial = await initialGenerators(stage);
  return commitIteration(stage, { plan, ...initial, iterations: [], startedFrom: 0, iterationMilliseconds: 0 });
}

/**
 * Clusters the seed data, fine-tunes one generator a cluster and evaluates them (section 2.1; Algorithm 1, lines 1 to 6); the base
 * model too, where it is included.
 */
export async function initialGenerators(
  context: StageContext<SwarmPlan>,
): Promise<{ readonly swarm: SwarmState; readonly usage: Usage }> {
  // Searches on other objectives begin alike.
  const stage = { ...context, share: true };
  const { run, plan, progress, hold } = stage;
  progress.begin("start");
  progress.expect("cluster", 1);
  progress.expect("fine-tune", plan.clusters);
  expectEvaluations(stage, particlesOf(plan).length);
  if (plan.needsSeedPerformance) expectAnswers(progress, { folders: 1, takers: plan.takers });
  await hold();
  const clustered = await progress.track("cluster", gpu.clusterSeedData({ run }));
  const seedUsage = plan.needsSeedPerformance ? await answerAndJudge(stage, keys.seedEvaluation(run.runId)) : NO_USAGE;

  const evaluated = await settleAll(
    particlesOf(plan).map((particle) => async () => {
      const folder = keys.particle(run.runId, 0, particle);
      await hold();
      const started = await startParticle(stage, particle, folder);
      const evaluation = await evaluateGenerator(
        stage,
        searchSample({ plan, iteration: 0, particle, folder, found: [] }),
      );
      return { ...evaluation, usage: addUsage(started.usage, evaluation.usage) };
    }),
  );
  if (evaluated.every(({ score }) => score === null)) {
    throw ApplicationFailure.nonRetryable(noInitialScore(plan), "NoInitialScore");
  }
  const swarm = initialSwarm({
    positions: particlesOf(plan).map((particle) => keys.particle(run.runId, 0, particle)),
    scores: evaluated.map(({ score }) => score),
    stepLength: plan.swarm.stepLength,
  });
  const usage = [clustered.usage, seedUsage, ...evaluated.map((one) => one.usage)].reduce(addUsage);
  return { swarm, usage };
}

function noInitialScore({ minValid, minNew }: SwarmPlan): string {
  const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
  const needed = [
    `${percent(minValid)} valid questions`,
    ...(minNew === undefined ? [] : [`${percent(minNew)} valid new ones`]),
  ];
  const floors = minNew === undefined ? "swarm.minValid" : "swarm.minValid or swarm.minNew";
  return `no initial generator wrote ${needed.join(" and ")}; fine-tune longer, or lower ${floors}`;
}

/** The generator of one cluster, or after all of these the base model. */
function startParticle(
  { run, plan, progress }: StageContext<SwarmPlan>,
  particle: number,
  folder: string,
): Promise<WorkDone> {
  return particle < plan.clusters
    ? progress.track("fine-tune", gpu.fineTuneGenerator({ run, cluster: particle, folder }))
    : gpu.placeBaseModel({ run, folder });
}
