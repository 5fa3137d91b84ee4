import { RandomStream } from "../random.js";
import { percentiles, type BootstrapDifference } from "./bootstrap.js";
import { summarise } from "./summary.js";

/**
 * Whether `candidate` is above `reference` on the *same* questions, one value a question in the same order: two takers on one
 * question set, or one taker before and after training. Questions are drawn with replacement, both values together (Koehn 2004).
 */
export function pairedBootstrapTest(options: {
  readonly candidate: readonly number[];
  readonly reference: readonly number[];
  readonly seed: number;
  /** 2,000 where not given. */
  readonly resamples?: number;
  /** Confidence of the interval, 0.95 where not given. */
  readonly level?: number;
}): BootstrapDifference {
  const { candidate, reference, seed, resamples = 2000, level = 0.95 } = options;
  if (candidate.length !== reference.length) {
    throw new RangeError(`pairs need lists of equal length, got ${candidate.length} and ${reference.length}`);
  }
  const random = new RandomStream({ seed, purpose: "paired-bootstrap" });
  const differences = candidate.map((value, question) => value - (reference[question] as number));
  const { mean: difference } = summarise(differences);
  const means = Float64Array.from({ length: resamples }, () => {
    let total = 0;
    for (let draw = 0; draw < differences.length; draw++) total += random.choice(differences);
    return total / differences.length;
  });
  const notAbove = means.filter((value) => value <= 0).length;
  return { difference, ...percentiles(means, level), pValue: (1 + notAbove) / (1 + resamples) };
}
