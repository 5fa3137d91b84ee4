import { checkParameters, type SwarmParameters } from "./parameters.js";
import { RandomStream } from "./random.js";
import { restartsParticle } from "./restart.js";
import type { AdapterRef, SwarmState } from "./state.js";
import { drawFactors, updateCoefficients, type UpdateCoefficients } from "./velocity.js";

/** What the weight update of one particle reads: at most five adapters, and the coefficients. */
export interface ParticlePlan {
  readonly particle: number;
  /** x; the personal best where the particle restarts. */
  readonly position: AdapterRef;
  /** v; null is zero. */
  readonly velocity: AdapterRef | null;
  /** Where not null, v is `startTowards` - x and `velocity` is null: the random start velocity, in iteration 1 only. */
  readonly startTowards: AdapterRef | null;
  /** p; null where the particle never had a score: a position without one does not attract. */
  readonly personalBest: AdapterRef | null;
  /** g; null where no particle ever had a score. */
  readonly globalBest: AdapterRef | null;
  /** g_w. */
  readonly globalWorst: AdapterRef;
  readonly coefficients: UpdateCoefficients;
  /** Whether x ← p, v ← 0 was applied. */
  readonly restarts: boolean;
}

export interface IterationPlan {
  /** The iteration that the plan leads to, from 1. */
  readonly iteration: number;
  readonly particles: readonly ParticlePlan[];
}

/**
 * The moves of the next iteration (Algorithm 1, lines 9 to 12). All particles use g and g_w as they were when the iteration
 * began: line 8 says "parallel", and so does the papers' code.
 */
export function planIteration(state: SwarmState, parameters: SwarmParameters): IterationPlan {
  checkParameters(parameters, state.particles.length);
  const iteration = state.iteration + 1;
  return {
    iteration,
    particles: state.particles.map((_, particle) => planParticle({ state, parameters, iteration, particle })),
  };
}

function planParticle(options: {
  readonly state: SwarmState;
  readonly parameters: SwarmParameters;
  readonly iteration: number;
  readonly particle: number;
}): ParticlePlan {
  const { state, parameters, iteration, particle } = options;
  const { seed, restart, startVelocity } = parameters;
  const current = state.particles[particle]!;
  const restarts = restartsParticle({ state, particle, restart });
  const personalBest = current.personalBest.score === null ? null : current.personalBest.position;
  const globalBest = state.globalBest?.position ?? null;
  return {
    particle,
    position: restarts ? current.personalBest.position : current.position,
    velocity: restarts ? null : current.velocity,
    startTowards: startVelocity === "random" && iteration === 1 ? otherPosition({ state, seed, particle }) : null,
    personalBest,
    globalBest,
    globalWorst: state.globalWorst.position,
    coefficients: updateCoefficients({
      parameters,
      factors: drawFactors({ seed, iteration, particle }),
      stepLength: state.stepLength,
      exists: { personalBest: personalBest !== null, globalBest: globalBest !== null, globalWorst: true },
    }),
    restarts,
  };
}

/** The position of another particle, each as likely. */
function otherPosition(options: {
  readonly state: SwarmState;
  readonly seed: number;
  readonly particle: number;
}): AdapterRef {
  const { state, seed, particle } = options;
  const others = state.particles.filter((_, index) => index !== particle);
  return new RandomStream({ seed, purpose: "start-velocity", particle }).choice(others).position;
}
