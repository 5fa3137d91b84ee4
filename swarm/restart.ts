import type { SwarmParameters } from "./parameters.js";
import type { SwarmState } from "./state.js";

/**
 * Whether a particle begins the next iteration with x ← p, v ← 0: its personal best is old enough and it is not cooling down.
 * A particle without any score has no personal best to go back to.
 */
export function restartsParticle(options: {
  readonly state: SwarmState;
  readonly particle: number;
  readonly restart: SwarmParameters["restart"];
}): boolean {
  const { state, restart } = options;
  const particle = state.particles[options.particle];
  if (restart === undefined || particle === undefined || particle.personalBest.score === null) return false;
  const age = state.iteration - particle.personalBest.iteration;
  const cooling = particle.restartedIn !== null && state.iteration + 1 - particle.restartedIn <= restart.coolDown;
  return age >= restart.patience && !cooling;
}
