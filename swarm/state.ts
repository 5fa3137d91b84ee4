/**
 * A swarm between two iterations, as plain JSON: what a checkpoint holds and what a durable run carries on with.
 * It holds references to adapters, never weights: under 1 KB a particle.
 */

/** The store key of an adapter's folder. */
export type AdapterRef = string;

/** The store key of a folder with one evaluation of a generator: its questions and their grades. */
export type EvaluationRef = string;

/** What the score of a best rests on. */
export interface Evidence {
  /** The evaluations that it pools, where bests are tested. Not given: the one in the folder of the position alone. */
  readonly evidence?: readonly EvaluationRef[] | undefined;
}

/** A particle's best position so far (p). `score` is null where none of its positions had a score; it is then the initial position. */
export interface PersonalBest extends Evidence {
  readonly position: AdapterRef;
  readonly score: number | null;
  readonly iteration: number;
}

/** A position that some particle was at, with what it scored there. */
export interface ScoredPosition<Score extends number | null = number> {
  readonly particle: number;
  readonly iteration: number;
  readonly position: AdapterRef;
  readonly score: Score;
}

/** The best position of the swarm so far (g). */
export interface GlobalBest extends ScoredPosition, Evidence {}

export interface ParticleState {
  /** x. */
  readonly position: AdapterRef;
  /** v; null is zero. */
  readonly velocity: AdapterRef | null;
  readonly personalBest: PersonalBest;
  /** Of `position`; null is "no score" (too few valid questions). */
  readonly score: number | null;
  /** The last iteration that began with a restart (x ← p, v ← 0); null where none did. */
  readonly restartedIn: number | null;
}

export interface SwarmState {
  /** The last completed iteration; 0 is the initial swarm. */
  readonly iteration: number;
  readonly particles: readonly ParticleState[];
  /** g; null until some position has a score. */
  readonly globalBest: GlobalBest | null;
  /** g_w. "No score" is worse than every number, so that its score is null once a position had none. */
  readonly globalWorst: ScoredPosition<number | null>;
  /** Iterations without a new global best. */
  readonly stagnation: number;
  /** λ of the next iteration. */
  readonly stepLength: number;
}
