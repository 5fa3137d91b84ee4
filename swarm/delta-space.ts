/** The swarm's update applied to the weight change ΔW = BA of a module, where the papers apply it to A and B apart. */
import { combineLowRank, type LowRankMatrix, type Truncation } from "./low-rank.js";
import type { UpdateCoefficients } from "./velocity.js";

/**
 * One module of the adapters of an update: `left` is B, `right` is A. LoRA's factor alpha / rank is left out: it is the same in
 * all of them and in the results. The same adapter in two roles must be the same object: then it is one term of the sum.
 */
export interface DeltaParticle {
  readonly position: LowRankMatrix;
  /** Null is zero. */
  readonly velocity: LowRankMatrix | null;
  /** Where not null, v is `startTowards` - x and `velocity` is null. */
  readonly startTowards: LowRankMatrix | null;
  /** Null, here and below: does not exist. */
  readonly personalBest: LowRankMatrix | null;
  readonly globalBest: LowRankMatrix | null;
  readonly globalWorst: LowRankMatrix | null;
}

/**
 * Moves one module by Algorithm 1, lines 10 to 12 (Data Swarms): v' and x' are sums of at most five products BA, exact up to double
 * precision, each truncated once to the rank of x. x' is that of the untruncated v'.
 */
export function deltaUpdate(
  particle: DeltaParticle,
  coefficients: UpdateCoefficients,
): { readonly velocity: Truncation; readonly position: Truncation } {
  const { position, velocity, startTowards, personalBest, globalBest, globalWorst } = particle;
  const weights = new Map<LowRankMatrix, number>([[position, 0]]);
  const add = (matrix: LowRankMatrix, weight: number): void => {
    if (weight !== 0) weights.set(matrix, (weights.get(matrix) ?? 0) + weight);
  };
  const difference = (matrix: LowRankMatrix | null, weight: number): void => {
    if (matrix === null || matrix === position) return;
    add(matrix, weight);
    add(position, -weight);
  };
  if (velocity !== null) add(velocity, coefficients.velocity);
  difference(startTowards, coefficients.velocity);
  difference(personalBest, coefficients.personalBest);
  difference(globalBest, coefficients.globalBest);
  difference(globalWorst, -coefficients.globalWorst);

  const ofVelocity = [...weights.values()];
  const ofPosition = ofVelocity.map((weight, index) => (index === 0 ? 1 : 0) + coefficients.stepLength * weight);
  const [nextVelocity, nextPosition] = combineLowRank({
    terms: [...weights.keys()],
    weights: [ofVelocity, ofPosition],
    rank: position.rank,
  });
  return { velocity: nextVelocity!, position: nextPosition! };
}
