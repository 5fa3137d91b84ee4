/**
 * Bests of a swarm whose scores change without it, as those of two swarms do that are scored on each other
 * (docs/decisions/0009-adversarial-swarms.md).
 */
import { isBetter } from "./ranking.js";
import type { AdapterRef, GlobalBest, SwarmState } from "./state.js";

/** Scores by position. */
export type Remeasured = ReadonlyMap<AdapterRef, number | null>;

/** The positions that new ones are compared with, each once; one that never had a score has none to be measured anew. */
export function comparedPositions({ particles, globalBest, globalWorst }: SwarmState): AdapterRef[] {
  const compared = [
    ...particles.map(({ personalBest }) => personalBest),
    ...(globalBest ? [globalBest] : []),
    globalWorst,
  ];
  return [...new Set(compared.filter(({ score }) => score !== null).map(({ position }) => position))];
}

/**
 * The swarm with its bests and worst scored anew. The global best is the best of what it was and of the personal bests, of equals
 * what it was: to know a best better is no new best, so that stagnation goes on. A position that `scores` lacks keeps its score.
 */
export function withRemeasured(state: SwarmState, scores: Remeasured): SwarmState {
  const anew = <Score extends number | null>(one: { readonly position: AdapterRef; readonly score: Score }) =>
    scores.has(one.position) ? (scores.get(one.position) as Score) : one.score;
  const particles = state.particles.map((particle) => {
    const { personalBest } = particle;
    return { ...particle, personalBest: { ...personalBest, score: anew(personalBest) } };
  });
  let globalBest: GlobalBest | null = null;
  const before = state.globalBest;
  if (before !== null && isBetter(anew<number | null>(before), null)) globalBest = { ...before, score: anew(before) };
  for (const [particle, { personalBest }] of particles.entries()) {
    const { score, iteration, position } = personalBest;
    if (isBetter(score, globalBest?.score ?? null)) globalBest = { particle, iteration, position, score };
  }
  return {
    ...state,
    particles,
    globalBest,
    globalWorst: { ...state.globalWorst, score: anew(state.globalWorst) },
  };
}
