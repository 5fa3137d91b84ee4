import type { SwarmParameters } from "./parameters.js";
import { isBetter, isWorse } from "./ranking.js";
import { restartsParticle } from "./restart.js";
import type { AdapterRef, GlobalBest, ParticleState, PersonalBest, ScoredPosition, SwarmState } from "./state.js";
import { SwarmError } from "./swarm-error.js";
import type { Bests } from "./tested-bests.js";

/** Where a particle went: the adapters that the weight update wrote. */
export interface Move {
  readonly position: AdapterRef;
  readonly velocity: AdapterRef;
}

/**
 * Iteration 0: p_i = x_i, v_i = 0, g and g_w over the initial swarm (Algorithm 1, lines 2 to 6).
 * Throws `INVALID_SCORES` where there is not exactly one number or null for each position.
 */
export function initialSwarm(options: {
  readonly positions: readonly AdapterRef[];
  readonly scores: readonly (number | null)[];
  readonly stepLength: number;
}): SwarmState {
  const { positions, scores, stepLength } = options;
  checkScores(scores, positions.length);
  const particles = positions.map((position, particle): ParticleState => {
    const score = scores[particle] as number | null;
    return { position, velocity: null, personalBest: { position, score, iteration: 0 }, score, restartedIn: null };
  });
  return { iteration: 0, particles, ...globals(particles, 0), stagnation: 0, stepLength };
}

/**
 * The state after an iteration (Algorithm 1, line 13): personal bests, then g and g_w over all particles in order.
 * Comparisons are strict, so that ties keep the older; null never becomes a best. Bests that were tested are taken as they are.
 * Throws `INVALID_SCORES` where there is not exactly one move and one score, a number or null, for each particle.
 */
export function advance(options: {
  readonly state: SwarmState;
  readonly parameters: Pick<SwarmParameters, "stepDecay" | "restart">;
  readonly moves: readonly Move[];
  readonly scores: readonly (number | null)[];
  readonly tested?: Bests | undefined;
}): SwarmState {
  const { state, parameters, moves, scores, tested } = options;
  const { stepDecay, restart } = parameters;
  checkScores(scores, state.particles.length);
  if (moves.length !== state.particles.length) {
    throw new SwarmError(
      "INVALID_SCORES",
      `the swarm has ${state.particles.length} particles, got ${moves.length} moves`,
    );
  }
  const iteration = state.iteration + 1;
  const particles = state.particles.map((before, particle): ParticleState => {
    const { position, velocity } = moves[particle] as Move;
    const score = scores[particle] as number | null;
    return {
      position,
      velocity,
      personalBest: tested?.personal[particle] ?? higherBest(before.personalBest, { position, score, iteration }),
      score,
      restartedIn: restartsParticle({ state, particle, restart }) ? iteration : before.restartedIn,
    };
  });
  const { globalBest: highest, globalWorst } = globals(particles, iteration, state);
  const globalBest = tested === undefined ? highest : tested.global;
  return {
    iteration,
    particles,
    globalBest,
    globalWorst,
    stagnation: isSameVisit(globalBest, state.globalBest) ? state.stagnation + 1 : 0,
    stepLength:
      stepDecay === undefined ? state.stepLength : Math.max(state.stepLength * stepDecay.factor, stepDecay.floor),
  };
}

function higherBest(before: PersonalBest, visit: PersonalBest): PersonalBest {
  return isBetter(visit.score, before.score) ? visit : before;
}

function isSameVisit(one: GlobalBest | null, other: GlobalBest | null): boolean {
  return one?.particle === other?.particle && one?.iteration === other?.iteration;
}

function globals(
  particles: readonly ParticleState[],
  iteration: number,
  before?: SwarmState,
): Pick<SwarmState, "globalBest" | "globalWorst"> {
  let globalBest = before?.globalBest ?? null;
  let globalWorst: ScoredPosition<number | null> | undefined = before?.globalWorst;
  for (const [particle, { position, score }] of particles.entries()) {
    if (isBetter(score, globalBest?.score ?? null)) globalBest = { particle, iteration, position, score };
    if (globalWorst === undefined || isWorse(score, globalWorst.score)) {
      globalWorst = { particle, iteration, position, score };
    }
  }
  if (globalWorst === undefined)
    throw new SwarmError("INVALID_SCORES", "a swarm needs at least one particle, got none");
  return { globalBest, globalWorst };
}

function checkScores(scores: readonly (number | null)[], particles: number): void {
  if (scores.length !== particles) {
    throw new SwarmError("INVALID_SCORES", `the swarm has ${particles} particles, got ${scores.length} scores`);
  }
  for (const [particle, score] of scores.entries()) {
    if (score !== null && !Number.isFinite(score)) {
      throw new SwarmError(
        "INVALID_SCORES",
        `the score of particle ${particle} must be a finite number or null, got ${score}`,
      );
    }
  }
}
