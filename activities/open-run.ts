import { writeJsonLines } from "../store/json-lines.js";
import { keys } from "../store/keys.js";
import { objectiveOf } from "../swarm/objectives/registry.js";
import type { SwarmParameters } from "../swarm/parameters.js";
import { RandomStream } from "../swarm/random.js";
import type { ActivityDependencies, RunContext } from "./dependencies.js";
import type { RunRef, Taker } from "./run-inputs.js";
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
  readonly unseenTakers: readonly TakerPlan[];
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
  const { config, inputs } = context;
  const { swarm, generators, evaluation, budget } = config;
  const objective = objectiveOf(config.objective);
  if (objective.needs.seedPerformance) await layOutSeedEvaluation(context);
  return {
    seed: config.seed,
    objective: objective.name,
    clusters: generators.clusters,
    takers: inputs.takers.map(planTaker),
    unseenTakers: inputs.unseenTakers.map(planTaker),
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

function planTaker({ name, base }: Taker): TakerPlan {
  return { name, queue: base === null ? "llm" : "gpu" };
}

/** A run that goes on from another one's checkpoint has that one's questions, which its takers answered. */
async function layOutSeedEvaluation(context: RunContext): Promise<void> {
  const { config, store, runId } = context;
  const key = keys.questions(keys.seedEvaluation(runId));
  if ((await store.stat(key)) !== undefined) return;
  const random = new RandomStream({ seed: config.seed, purpose: "seed evaluation" });
  await writeJsonLines(store, key, random.sample(await readSeedQuestions(context), config.swarm.questionsPerIteration));
}
