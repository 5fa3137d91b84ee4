import type { SwarmParameters } from "./parameters.js";
import { RandomStream } from "./random.js";
import { SwarmError } from "./swarm-error.js";

/** r_v, r_p, r_g and r_w: four numbers in [0, 1), one draw per particle and iteration and not per weight. */
export interface RandomFactors {
  readonly velocity: number;
  readonly personalBest: number;
  readonly globalBest: number;
  readonly globalWorst: number;
}

/**
 * What the fused weight update multiplies with; none is negative and C is divided out already:
 * v' = velocity v + personalBest (p - x) + globalBest (g - x) - globalWorst (g_w - x), x' = x + stepLength v'.
 */
export interface UpdateCoefficients {
  readonly velocity: number;
  readonly personalBest: number;
  readonly globalBest: number;
  readonly globalWorst: number;
  /** λ. */
  readonly stepLength: number;
}

/** The factors of one particle in one iteration: a pure function of its arguments. */
export function drawFactors(key: {
  readonly seed: number;
  readonly iteration: number;
  readonly particle: number;
}): RandomFactors {
  const random = new RandomStream({ ...key, purpose: "velocity" });
  return {
    velocity: random.uniform(),
    personalBest: random.uniform(),
    globalBest: random.uniform(),
    globalWorst: random.uniform(),
  };
}

/**
 * The coefficients of Algorithm 1, line 10 (Data Swarms, section 2.3).
 * A best or worst that does not exist yet neither pulls nor pushes: its coefficient is 0. C stays that of all four terms, as in
 * the paper and as it does for v = 0, so that the particle takes a shorter step rather than a longer one in another direction.
 * Throws `ZERO_NORMALISATION` where C = 0.
 */
export function updateCoefficients(options: {
  readonly parameters: Pick<SwarmParameters, "inertia" | "cognitive" | "social" | "repel">;
  readonly factors: RandomFactors;
  readonly stepLength: number;
  readonly exists: { readonly personalBest: boolean; readonly globalBest: boolean; readonly globalWorst: boolean };
}): UpdateCoefficients {
  const { parameters, factors, stepLength, exists } = options;
  const velocity = factors.velocity * parameters.inertia;
  const personalBest = factors.personalBest * parameters.cognitive;
  const globalBest = factors.globalBest * parameters.social;
  const globalWorst = factors.globalWorst * parameters.repel;
  const normalisation = velocity + personalBest + globalBest + globalWorst;
  if (!(normalisation > 0)) {
    throw new SwarmError(
      "ZERO_NORMALISATION",
      `the update divides by C = ${normalisation}: at least one of inertia, cognitive, social and repel must be above 0`,
    );
  }
  return {
    velocity: velocity / normalisation,
    personalBest: exists.personalBest ? personalBest / normalisation : 0,
    globalBest: exists.globalBest ? globalBest / normalisation : 0,
    globalWorst: exists.globalWorst ? globalWorst / normalisation : 0,
    stepLength,
  };
}
