import { SwarmError } from "./swarm-error.js";

/** Hyperparameters of Algorithm 1 (Data Swarms, section 2.3), and the authors' additions, which are off where not set. */
export interface SwarmParameters {
  /** The run's seed. */
  readonly seed: number;
  /** φ_v: how much of its velocity a particle keeps. */
  readonly inertia: number;
  /** φ_p: pull towards the personal best. */
  readonly cognitive: number;
  /** φ_g: pull towards the global best. */
  readonly social: number;
  /** φ_w: push away from the global worst. */
  readonly repel: number;
  /** λ: the part of the new velocity by which a particle moves. */
  readonly stepLength: number;
  /** c: stop after so many iterations without a new global best. */
  readonly patience: number;
  /** K: iterations after the initial one. */
  readonly maxIterations: number;
  /** `random` starts particle i with v = x_j - x_i for a random other particle j; `zero` is Algorithm 1. */
  readonly startVelocity?: "zero" | "random" | undefined;
  /** Once per iteration λ ← max(λ × factor, floor). */
  readonly stepDecay?: { readonly factor: number; readonly floor: number } | undefined;
  /**
   * A particle whose personal best is `patience` or more iterations old goes back to it with zero velocity (x ← p, v ← 0)
   * before it moves on, and does not do so again in the next `coolDown` iterations.
   */
  readonly restart?: { readonly patience: number; readonly coolDown: number } | undefined;
  /** `paper` (where not given) takes a higher score for a new best; `tested` needs a test to say so: see `tested-bests.ts`. */
  readonly bestUpdate?: "paper" | "tested" | undefined;
  /** Of `tested`: the largest one-tailed p-value of a new best. */
  readonly bestUpdateLevel?: number | undefined;
}

/** Throws `INVALID_PARAMETERS` where a value is out of range for a swarm of `particles`. */
export function checkParameters(parameters: SwarmParameters, particles: number): void {
  const { seed, stepLength, patience, maxIterations, startVelocity, stepDecay, restart, bestUpdateLevel } = parameters;
  expectThat(Number.isSafeInteger(seed) && seed >= 0, "seed", seed, "an integer from 0 to 2^53 - 1");
  let total = 0;
  for (const name of ["inertia", "cognitive", "social", "repel"] as const) {
    const value = parameters[name];
    expectThat(Number.isFinite(value) && value >= 0, name, value, "a number of 0 or more");
    total += value;
  }
  expectThat(total > 0, "inertia + cognitive + social + repel", total, "more than 0");
  expectThat(Number.isFinite(stepLength) && stepLength > 0, "stepLength", stepLength, "a number above 0");
  expectThat(Number.isInteger(patience) && patience >= 1, "patience", patience, "an integer of 1 or more");
  expectThat(
    Number.isInteger(maxIterations) && maxIterations >= 0,
    "maxIterations",
    maxIterations,
    "an integer of 0 or more",
  );
  expectThat(particles >= 1, "particles", particles, "1 or more");
  if (startVelocity === "random") {
    expectThat(particles >= 2, "particles", particles, 'at least 2 with startVelocity "random"');
  }
  if (stepDecay !== undefined) {
    const { factor, floor } = stepDecay;
    expectThat(factor > 0 && factor <= 1, "stepDecay.factor", factor, "above 0 and at most 1");
    expectThat(
      floor > 0 && floor <= stepLength,
      "stepDecay.floor",
      floor,
      `above 0 and at most stepLength (${stepLength})`,
    );
  }
  if (restart !== undefined) {
    expectThat(
      Number.isInteger(restart.patience) && restart.patience >= 1,
      "restart.patience",
      restart.patience,
      "an integer of 1 or more",
    );
    expectThat(
      Number.isInteger(restart.coolDown) && restart.coolDown >= 0,
      "restart.coolDown",
      restart.coolDown,
      "an integer of 0 or more",
    );
  }
  if (bestUpdateLevel !== undefined) {
    const inRange = bestUpdateLevel > 0 && bestUpdateLevel <= 0.5;
    expectThat(inRange, "bestUpdateLevel", bestUpdateLevel, "above 0 and at most 0.5");
  }
}

/** The largest p-value of a new best; null where bests are not tested. Throws `INVALID_PARAMETERS` where they are, at no level. */
export function testLevel({
  bestUpdate,
  bestUpdateLevel,
}: Pick<SwarmParameters, "bestUpdate" | "bestUpdateLevel">): number | null {
  if (bestUpdate !== "tested") return null;
  if (bestUpdateLevel !== undefined) return bestUpdateLevel;
  throw new SwarmError("INVALID_PARAMETERS", 'bestUpdate "tested" needs a bestUpdateLevel');
}

function expectThat(holds: boolean, name: string, value: number, allowed: string): void {
  if (!holds) throw new SwarmError("INVALID_PARAMETERS", `${name} must be ${allowed}, got ${value}`);
}
