import type { SwarmPlan } from "../activities/open-run.js";
import type { SampleRequest } from "../activities/sample-questions.js";
import type { StagePlan } from "../activities/stage-plan.js";

/** What is drawn from one particle to evaluate it in one iteration. */
export function searchSample(options: {
  readonly plan: SwarmPlan;
  readonly iteration: number;
  readonly particle: number;
  readonly folder: string;
}): Omit<SampleRequest, "run"> {
  const { plan, iteration, particle, folder } = options;
  return {
    adapter: folder,
    cluster: shownCluster(plan, particle),
    folder,
    random: { seed: plan.seed, purpose: "sample", iteration, particle },
    count: plan.questionsPerIteration,
    counts: "drawn",
  };
}

/** Whose seed questions a particle is shown; null for all of the seed data. */
export function shownCluster({ sampleFrom }: StagePlan, particle: number): number | null {
  return sampleFrom === "cluster" ? particle : null;
}

/** The numbers of a swarm's particles. */
export function particlesOf({ clusters }: StagePlan): number[] {
  return Array.from({ length: clusters }, (_, particle) => particle);
}
