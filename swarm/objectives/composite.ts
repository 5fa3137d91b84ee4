import type { Evaluation } from "./evaluation.js";
import { ObjectiveError } from "./objective-error.js";
import type { Objective } from "./objective.js";
import { pseudoValues } from "./pseudo-values.js";

/** Weights that are decimal fractions sum to 1 up to rounding. */
const SUM_TOLERANCE = 1e-9;

interface Part {
  readonly objective: Objective;
  readonly weight: number;
}

/** The weighted mean of objectives (Data Swarms, section 5). Throws `INVALID_WEIGHTS` where weights are negative or do not sum to 1. */
export function composite(parts: readonly Part[]): Objective {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (!parts.every(({ weight }) => weight >= 0) || !(Math.abs(total - 1) <= SUM_TOLERANCE)) {
    const weights = parts.map(({ objective, weight }) => `${objective.name} ${weight}`).join(", ");
    throw new ObjectiveError("INVALID_WEIGHTS", `weights must be 0 or more and sum to 1, got ${weights || "none"}`);
  }
  const used = parts.filter(({ weight }) => weight > 0);
  return {
    name: used.map(({ objective, weight }) => `${weight} ${objective.name}`).join(" + "),
    description: "a weighted mean of objectives",
    needs: {
      takers: Math.max(...used.map(({ objective }) => objective.needs.takers)),
      questionSets: Math.max(...used.map(({ objective }) => objective.needs.questionSets)),
      seedPerformance: used.some(({ objective }) => objective.needs.seedPerformance),
      relevance: used.some(({ objective }) => objective.needs.relevance),
    },
    score(evaluation) {
      return used.reduce((sum, { objective, weight }) => sum + weight * objective.score(evaluation), 0);
    },
    ...(used.some(({ objective }) => objective.worth !== undefined)
      ? { worth: (evaluation) => weightedWorth(used, evaluation) }
      : {}),
  };
}

/** Pseudo-values of a weighted sum are the weighted sum of pseudo-values. */
function weightedWorth(parts: readonly Part[], evaluation: Evaluation): number[] {
  const values = parts.map(({ objective, weight }) =>
    pseudoValues(objective, evaluation).map((value) => weight * value),
  );
  return values[0]!.map((_, question) => values.reduce((sum, worth) => sum + worth[question]!, 0));
}
