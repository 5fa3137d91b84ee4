/** The search: Algorithm 1 of Data Swarms and its hyperparameters. */
import { decimal, integer, oneOf, section } from "./fields.js";

/** Ranges of φ_v, φ_p, φ_g and φ_w, and of λ. */
export const COEFFICIENT = { from: 0, to: 10 };
export const STEP_LENGTH = { above: 0, to: 10 };

/** Defaults of the coefficients are the middles of the grids that the paper searches (appendix C). */
export const swarmSchema = section({
  /** φ_v from {0.1, 0.2, 0.3}. */
  inertia: decimal(COEFFICIENT).default(0.2),
  /** φ_p from {0.1, ..., 0.5}. */
  cognitive: decimal(COEFFICIENT).default(0.3),
  /** φ_g from {0.2, ..., 0.6}. */
  social: decimal(COEFFICIENT).default(0.4),
  /** φ_w from {0.01, 0.05, 0.1}. */
  repel: decimal(COEFFICIENT).default(0.05),
  /** λ from {0.5, ..., 1.0}. */
  stepLength: decimal(STEP_LENGTH).default(0.8),
  /** c: iterations without a new global best that end the search. Section 3: c = 5. */
  patience: integer({ from: 1, to: 9999 }).default(5),
  /** K. Section 3: K = 30. */
  maxIterations: integer({ from: 0, to: 9999 }).default(30),
  /** Section 3: 200 for each generator and iteration. */
  questionsPerIteration: integer({ from: 1, to: 100_000 }).default(200),
  /** Share of valid questions below which a generator has no score: ours, so that three hard questions do not win. */
  minValid: decimal({ from: 0, to: 1 }).default(0.5),
  /**
   * Share of questions that are valid and new, neither asked before in the set nor copied, below which a generator has no score while
   * it is searched for; the fresh measurement has `minValid` alone. Not in the paper: docs/decisions/0014.
   */
  minNew: decimal({ from: 0, to: 1 }).optional(),

  /** What moves: LoRA's A and B apart, as in the papers' code, or each module's weight change BA, brought back to the rank of x. */
  space: oneOf(["factors", "delta"]).default("factors"),

  /** What makes a new best: a higher score (Algorithm 1, line 13), or one that holds in a test against the old best on fresh questions. */
  bestUpdate: oneOf(["paper", "tested"]).default("paper"),
  /**
   * Of `tested`: the largest one-tailed p-value of a new best. In simulated searches lower levels lose true gains and higher ones
   * believe more noise: docs/decisions/0007-noise-aware-bests.md.
   */
  bestUpdateLevel: decimal({ above: 0, to: 0.5 }).default(0.2),

  /**
   * Fine-tunes each particle again after every so many of its moves, on the questions that drew it there: of those that its own
   * best and the swarm's best wrote the ones that raised the objective. Not in the paper: docs/decisions/0011.
   */
  retune: section({
    every: integer({ from: 1, to: 9999 }),
    /** Trained as `generators.sft` says, but on so many in-context learning instances. */
    instances: integer({ from: 1 }).default(240),
  }).optional(),

  /** The additions of the authors' code, which are not in Algorithm 1 and off where not set. `random` is towards another particle. */
  startVelocity: oneOf(["zero", "random"]).default("zero"),
  /** Each iteration λ becomes max(λ × factor, floor). */
  stepDecay: section({
    factor: decimal({ above: 0, to: 1 }),
    floor: decimal({ above: 0 }).default(0.1),
  }).optional(),
  /** A particle without a better personal best for `patience` iterations goes back to it and stands still. */
  restart: section({
    patience: integer({ from: 1, to: 9999 }),
    coolDown: integer({ from: 0, to: 9999 }).default(3),
  }).optional(),
}).superRefine((swarm, context) => {
  const { inertia, cognitive, social, repel, stepDecay, stepLength } = swarm;
  if (inertia + cognitive + social + repel === 0) {
    context.addIssue({
      code: "custom",
      path: ["social"],
      message: "inertia, cognitive, social and repel must not all be 0",
    });
  }
  if (stepDecay !== undefined && stepDecay.floor > stepLength) {
    context.addIssue({
      code: "custom",
      path: ["stepDecay", "floor"],
      message: `must not be above stepLength (${stepLength})`,
    });
  }
});
