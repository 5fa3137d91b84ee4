import { writeJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { objectiveOf } from "../swarm/objectives/registry.js";
import type { SwarmParameters } from "../swarm/parameters.js";
import { RandomStream } from "../swarm/random.js";
import type { ActivityDependencies } from "./dependencies.js";
import type { RunRef } from "./run-inputs.js";
import { readSeedQuestions } from "./seed-questions.js";

export interface TakerPlan {
  readonly name: string;
  /** Where its answers come from: an embedded model (`gpu`) or an endpoint (`llm`). */
  readonly queue: "gpu" | "llm";
}

/** The part of the run's config that the workflow decides with. */
export interface RunPlan {
  readonly seed: number;
  readonly objective: string;
  readonly clusters: number;
  readonly takers: readonly TakerPlan[];
  readonly swarm: SwarmParameters;
  readonly questionsPerIteration: number;
  readonly minValid: number;
  readonly sampleFrom: "cluster" | "all";
  readonly freshQuestions: number;
  /** Whether the objective compares with performance on the seed data. */
  readonly needsSeedPerformance: boolean;
  /** Whether it looks at how near questions are to user queries. */
  readonly needsRelevance: boolean;
  readonly iterationsPerExecution: number;
  readonly budget: { readonly questions: number | null; readonly tokens: number | null; readonly usd: number | null };
}

export interface OpenRequest {
  readonly run: RunRef;
}

/** Reads what the workflow needs to know of a run, and lays out the seed questions that takers are compared on. */
export async function openRun(dependencies: ActivityDependencies, { run }: OpenRequest): Promise<RunPlan> {
  const context = await dependencies.openRun(run);
  const { config, inputs, store } = context;
  const { swarm, generators, evaluation, budget } = config;
  const objective = objectiveOf(config.objective);
  if (objective.needs.seedPerformance) {
    const random = new RandomStream({ seed: config.seed, purpose: "seed evaluation" });
    const questions = random.sample(await readSeedQuestions(context), swarm.questionsPerIteration);
    await writeJsonLines(store, keys.questions(keys.seedEvaluation(run.runId)), questions);
  }
  return {
    seed: config.seed,
    objective: objective.name,
    clusters: generators.clusters,
    takers: inputs.takers.map(({ name, base }) => ({ name, queue: base === null ? "llm" : "gpu" })),
    swarm: { ...swarm, seed: config.seed },
    questionsPerIteration: swarm.questionsPerIteration,
    minValid: swarm.minValid,
    sampleFrom: generators.sampling.from,
    freshQuestions: evaluation.freshQuestions,
    needsSeedPerformance: objective.needs.seedPerformance,
    needsRelevance: objective.needs.relevance,
    iterationsPerExecution: config.iterationsPerExecution,
    budget: { questions: budget.questions ?? null, tokens: budget.tokens ?? null, usd: budget.usd ?? null },
  };
}
