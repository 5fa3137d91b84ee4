import type { SwarmPlan } from "../activities/open-run.js";
import type { SampleRequest } from "../activities/sample-questions.js";
import type { StagePlan } from "../activities/run/stage-plan.js";
import { particleCount } from "../config/particle-count.js";
import { shownCluster } from "../config/sample-from.js";
import { keys } from "../store/keys.js";
import type { SwarmState } from "../swarm/state.js";

/** What is drawn from one particle to evaluate it in one iteration. */
export function searchSample(options: {
  readonly plan: SwarmPlan;
  readonly iteration: number;
  readonly particle: number;
  readonly folder: string;
  /** Positions of which the questions may be shown that were found there. */
  readonly found: readonly string[];
}): Omit<SampleRequest, "run"> {
  const { plan, iteration, particle, folder, found } = options;
  return {
    adapter: folder,
    ...shownTo(plan, particle, found),
    folder,
    random: { seed: plan.seed, purpose: "sample", iteration, particle },
    count: plan.questionsPerIteration,
    counts: "drawn",
  };
}

/** What a particle's generator is shown: its cluster, all seed data, or what was found at some positions, where there are any. */
export function shownTo(
  { sampleFrom, clusters }: StagePlan,
  particle: number,
  found: readonly string[] = [],
): Pick<SampleRequest, "cluster" | "examples"> {
  const cluster = shownCluster(sampleFrom, particle, clusters);
  if (sampleFrom !== "found" || found.length === 0) return { cluster };
  return { cluster, examples: foundAt(found) };
}

/** Keys of the questions that raised the objective at some positions. */
export function foundAt(positions: readonly string[]): string[] {
  return [...new Set(positions)].map(keys.examples);
}

/** Positions that draw a particle: its best and the swarm's, as far as they have a score. */
export function drawnTo({ particles, globalBest }: SwarmState, particle: number): string[] {
  const own = particles[particle]!.personalBest;
  return [...(own.score === null ? [] : [own.position]), ...(globalBest === null ? [] : [globalBest.position])];
}

/** The numbers of a swarm's particles. */
export function particlesOf(plan: StagePlan): number[] {
  return Array.from({ length: particleCount(plan) }, (_, particle) => particle);
}
