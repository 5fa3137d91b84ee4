import type { Manifest } from "../../models/onnx/manifest.js";
import type { TrainingExample } from "../../models/onnx/training.js";
import { RandomStream } from "../../swarm/random.js";
import type { RunContext } from "../dependencies.js";
import { modelDigest } from "../sharing/model-digest.js";
import { readCluster } from "../run/seed-questions.js";
import { selfInstructInstances } from "./self-instruct-instances.js";

/** Everything that a fine-tuned generator depends on: equal recipes give equal adapters. */
export interface FineTuningRecipe {
  /** Digest of the base model's configuration, tokenizer, weights and graphs. */
  readonly base: string;
  readonly lora: { readonly rank: number; readonly alpha: number; readonly targetModules: readonly string[] };
  readonly domain: string;
  readonly examplesPerPrompt: number;
  readonly sft: RunContext["config"]["generators"]["sft"];
  readonly seed: number;
  readonly cluster: number;
  readonly questions: readonly string[];
}

export async function recipeOf(
  context: RunContext,
  { lora }: Pick<Manifest, "lora">,
  cluster: number,
): Promise<FineTuningRecipe> {
  const { config, grader, inputs } = context;
  const { rank, alpha, targetModules } = lora;
  return {
    base: await modelDigest(inputs.generatorBase),
    lora: { rank, alpha, targetModules },
    domain: grader.description,
    examplesPerPrompt: config.generators.examplesPerPrompt,
    sft: config.generators.sft,
    seed: config.seed,
    cluster,
    questions: (await readCluster(context, cluster)).map(({ question }) => question),
  };
}

/** What an initial generator learns. */
export function trainingExamples(recipe: FineTuningRecipe): TrainingExample[] {
  const { sft, seed, cluster } = recipe;
  const random = new RandomStream({ seed, purpose: "fine-tuning instances", particle: cluster });
  return selfInstructInstances({ ...recipe, instances: sft.instances, random });
}
