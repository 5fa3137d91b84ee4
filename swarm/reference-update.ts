import type { UpdateCoefficients } from "./velocity.js";

/** One particle's tensors, flattened and of equal length; null is a zero velocity or a best or worst that does not exist. */
export interface ReferenceParticle {
  readonly position: Float64Array;
  readonly velocity: Float64Array | null;
  readonly personalBest: Float64Array | null;
  readonly globalBest: Float64Array | null;
  readonly globalWorst: Float64Array | null;
}

/** The update in double precision, one weight after another: what the fast updates are checked against. */
export function referenceUpdate(
  particle: ReferenceParticle,
  coefficients: UpdateCoefficients,
): { readonly position: Float64Array; readonly velocity: Float64Array } {
  const { position } = particle;
  const nextPosition = new Float64Array(position.length);
  const nextVelocity = new Float64Array(position.length);
  for (const [index, x] of position.entries()) {
    const v = weightAt(particle.velocity, index, 0);
    const p = weightAt(particle.personalBest, index, x);
    const g = weightAt(particle.globalBest, index, x);
    const worst = weightAt(particle.globalWorst, index, x);
    const next =
      coefficients.velocity * v +
      coefficients.personalBest * (p - x) +
      coefficients.globalBest * (g - x) -
      coefficients.globalWorst * (worst - x);
    nextVelocity[index] = next;
    nextPosition[index] = x + coefficients.stepLength * next;
  }
  return { position: nextPosition, velocity: nextVelocity };
}

function weightAt(weights: Float64Array | null, index: number, absent: number): number {
  if (weights === null) return absent;
  const weight = weights[index];
  if (weight === undefined)
    throw new RangeError(`a tensor has ${weights.length} weights, not enough for index ${index}`);
  return weight;
}
