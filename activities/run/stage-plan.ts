import type { SampleFrom } from "../../config/sample-from.js";
import type { RunConfig } from "../../config/schema.js";
import { writeJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { RandomStream } from "../../swarm/random.js";
import type { TakerModel } from "../answer-questions.js";
import type { RunContext } from "../dependencies.js";
import type { Taker } from "./run-inputs.js";
import { readSeedQuestions } from "./seed-questions.js";

export interface TakerPlan {
  readonly name: string;
  /** Where its answers come from: an embedded model (`gpu`) or an endpoint (`llm`). */
  readonly queue: "gpu" | "llm";
  /** What it answers with, where it is not as the config names it. */
  readonly model?: TakerModel | undefined;
}

/** The part of any run's config that a workflow needs to sample, have answered, judge and score. */
export interface StagePlan {
  readonly seed: number;
  readonly objective: string;
  readonly clusters: number;
  /** Runs of before there was such a choice do not have it. */
  readonly includeBase?: boolean | undefined;
  readonly takers: readonly TakerPlan[];
  readonly unseenTakers: readonly TakerPlan[];
  readonly minValid: number;
  /** Share of valid new questions that a search asks for; not set where it asks for none. */
  readonly minNew?: number | undefined;
  readonly sampleFrom: SampleFrom;
  readonly freshQuestions: number;
  /** Whether the objective compares with performance on the seed data. */
  readonly needsSeedPerformance: boolean;
  /** Whether it looks at how near questions are to user queries. */
  readonly needsRelevance: boolean;
  readonly budget: { readonly questions: number | null; readonly tokens: number | null; readonly usd: number | null };
}

/**
 * Reads what the stages need to know of a run, and lays out the seed questions that takers are compared on.
 *
 * @param questionsPerEvaluation as many seed questions are laid out, where the config does not say how many
 */
export async function planStages(
  context: RunContext,
  { minValid, questionsPerEvaluation }: { readonly minValid: number; readonly questionsPerEvaluation: number },
): Promise<StagePlan> {
  const { config, inputs, objective } = context;
  const { generators, evaluation, budget, seed } = config;
  const { name, needs } = objective;
  if (needs.seedPerformance) await layOutSeedEvaluation(context, evaluation.seedQuestions ?? questionsPerEvaluation);
  return {
    seed,
    objective: name,
    clusters: generators.clusters,
    includeBase: generators.includeBase ?? false,
    takers: inputs.takers.map(planTaker),
    unseenTakers: inputs.unseenTakers.map(planTaker),
    minValid,
    sampleFrom: generators.sampling.from,
    freshQuestions: evaluation.freshQuestions,
    needsSeedPerformance: needs.seedPerformance,
    needsRelevance: needs.relevance,
    budget: budgetOf(budget),
  };
}

/** The limits of a config, null where there is none. */
export function budgetOf({ questions, tokens, usd }: RunConfig["budget"]): StagePlan["budget"] {
  return { questions: questions ?? null, tokens: tokens ?? null, usd: usd ?? null };
}

function planTaker({ name, base }: Taker): TakerPlan {
  return { name, queue: base === null ? "llm" : "gpu" };
}

/** A run that goes on from another one's checkpoint has that one's questions, which its takers answered. */
async function layOutSeedEvaluation(context: RunContext, count: number): Promise<void> {
  const { config, store, runId } = context;
  const key = keys.questions(keys.seedEvaluation(runId));
  if ((await store.stat(key)) !== undefined) return;
  const random = new RandomStream({ seed: config.seed, purpose: "seed evaluation" });
  await writeJsonLines(store, key, random.sample(await readSeedQuestions(context), count));
}
