import { ConfigError } from "../../config/config-error.js";
import type { AdversarialSwarmConfig } from "../../config/schema.js";
import type { Question } from "../../models/records.js";
import { RandomStream } from "../../swarm/random.js";

export interface HeldOutSplit {
  /** For the curve over the iterations. */
  readonly heldOut: readonly Question[];
  /** For the comparison at the end. */
  readonly test: readonly Question[];
}

/**
 * Draws, from the held-out data, the questions of the curve and those of the test; no question is in both.
 *
 * @throws ConfigError `INVALID_CONFIG` where there are too few
 */
export function splitHeldOut(
  questions: readonly Question[],
  { seed, adversarial }: Pick<AdversarialSwarmConfig, "seed" | "adversarial">,
): HeldOutSplit {
  const { heldOutQuestions, testQuestions } = adversarial;
  const wanted = heldOutQuestions + testQuestions;
  if (questions.length < wanted) {
    throw new ConfigError("INVALID_CONFIG", "heldOutData", [
      `it has ${questions.length} questions, and adversarial.heldOutQuestions and testQuestions take ${heldOutQuestions} + ${testQuestions}; lower them or name more data`,
    ]);
  }
  const drawn = new RandomStream({ seed, purpose: "held-out split" }).sample(questions, wanted);
  return { heldOut: drawn.slice(0, heldOutQuestions), test: drawn.slice(heldOutQuestions) };
}
