import type { TrainingExample } from "../../models/onnx/training.js";
import { generationCompletion, generationPrompt } from "../../models/prompts.js";
import type { RandomStream } from "../../swarm/random.js";

/** Self-instruct instances (section 2.1): of 2k questions drawn from all of them the first k are shown and the last k learnt. */
export function selfInstructInstances(options: {
  /** The domain's description, with which the prompt begins. */
  readonly domain: string;
  readonly questions: readonly string[];
  /** k. */
  readonly examplesPerPrompt: number;
  readonly instances: number;
  readonly random: RandomStream;
}): TrainingExample[] {
  const { domain, questions, examplesPerPrompt, instances, random } = options;
  return Array.from({ length: instances }, () => {
    const drawn = random.sample(questions, 2 * examplesPerPrompt);
    const half = Math.floor(drawn.length / 2);
    return {
      prompt: generationPrompt(domain, drawn.slice(0, half)),
      completion: generationCompletion(drawn.slice(half)),
    };
  });
}
