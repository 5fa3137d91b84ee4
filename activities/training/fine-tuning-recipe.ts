import type { Manifest } from "../../models/onnx/manifest.js";
import type { TrainingExample } from "../../models/onnx/training.js";
import { generationCompletion, generationPrompt } from "../../models/prompts.js";
import { RandomStream } from "../../swarm/random.js";
import type { RunContext } from "../dependencies.js";
import { modelDigest } from "../sharing/model-digest.js";
import { readCluster } from "../run/seed-questions.js";

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

/** Self-instruct instances: of 2k questions drawn from the cluster the first k are shown and the last k learnt. */
export function trainingExamples({
  questions,
  examplesPerPrompt,
  sft,
  seed,
  cluster,
  domain,
}: FineTuningRecipe): TrainingExample[] {
  const random = new RandomStream({ seed, purpose: "fine-tuning instances", particle: cluster });
  return Array.from({ length: sft.instances }, () => {
    const drawn = random.sample(questions, 2 * examplesPerPrompt);
    const half = Math.floor(drawn.length / 2);
    return {
      prompt: generationPrompt(domain, drawn.slice(0, half)),
      completion: generationCompletion(drawn.slice(half)),
    };
  });
}
