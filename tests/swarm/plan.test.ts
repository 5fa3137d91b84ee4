import { describe, expect, it } from "vitest";
import { advance, initialSwarm } from "../../swarm/advance.js";
import { planIteration } from "../../swarm/plan.js";
import type { SwarmParameters } from "../../swarm/parameters.js";
import type { SwarmState } from "../../swarm/state.js";
import { drawFactors, updateCoefficients } from "../../swarm/velocity.js";
import { parameters } from "./parameters-of-tests.js";

const start = (scores: readonly (number | null)[]): SwarmState =>
  initialSwarm({
    positions: scores.map((_, particle) => `0/${particle}/x`),
    scores,
    stepLength: parameters.stepLength,
  });

function step(
  state: SwarmState,
  scores: readonly (number | null)[],
  options: SwarmParameters = parameters,
): SwarmState {
  const { iteration, particles } = planIteration(state, options);
  const moves = particles.map(({ particle }) => ({
    position: `${iteration}/${particle}/x`,
    velocity: `${iteration}/${particle}/v`,
  }));
  return advance({ state, parameters: options, moves, scores });
}

describe("planIteration", () => {
  it("names x, v, p, g and g_w of each particle as they are when the iteration begins", () => {
    const state = step(start([0.3, 0.5, 0.1]), [0.2, 0.6, 0.4]);
    const plan = planIteration(state, parameters);
    expect(plan.iteration).toBe(2);
    expect(plan.particles[0]).toMatchObject({
      particle: 0,
      position: "1/0/x",
      velocity: "1/0/v",
      startTowards: null,
      personalBest: "0/0/x",
      globalBest: "1/1/x",
      globalWorst: "0/2/x",
      restarts: false,
    });
    expect(plan.particles[2]).toMatchObject({ personalBest: "1/2/x", globalBest: "1/1/x", globalWorst: "0/2/x" });
  });

  it("draws each particle's coefficients from seed, iteration and particle", () => {
    const { particles } = planIteration(start([0.3, 0.5]), parameters);
    for (const { particle, coefficients } of particles) {
      const factors = drawFactors({ seed: parameters.seed, iteration: 1, particle });
      const exists = { personalBest: true, globalBest: true, globalWorst: true };
      expect(coefficients).toEqual(updateCoefficients({ parameters, factors, stepLength: 0.8, exists }));
    }
  });

  it("starts without velocity", () => {
    const { particles } = planIteration(start([0.3, 0.5]), parameters);
    expect(particles.map(({ velocity, startTowards }) => [velocity, startTowards])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it("has nothing that attracts where no particle ever had a score", () => {
    const plan = planIteration(start([null, null]), parameters).particles[1]!;
    expect(plan).toMatchObject({ personalBest: null, globalBest: null, globalWorst: "0/0/x" });
    expect(plan.coefficients).toMatchObject({ personalBest: 0, globalBest: 0 });
    expect(plan.coefficients.globalWorst).toBeGreaterThan(0);
  });

  it("is the same from a state that went through JSON", () => {
    const state = step(start([0.3, null, 0.1]), [0.2, 0.6, null]);
    expect(planIteration(JSON.parse(JSON.stringify(state)) as SwarmState, parameters)).toEqual(
      planIteration(state, parameters),
    );
  });

  it("uses the λ of the state", () => {
    const decaying = { ...parameters, stepDecay: { factor: 0.5, floor: 0.1 } };
    const state = step(start([0.3, 0.5]), [0.2, 0.6], decaying);
    expect(planIteration(state, decaying).particles.map(({ coefficients }) => coefficients.stepLength)).toEqual([
      0.4, 0.4,
    ]);
  });
});

describe("startVelocity random", () => {
  const random: SwarmParameters = { ...parameters, startVelocity: "random" };

  it("starts every particle towards another one, in iteration 1 only", () => {
    const chosen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const { particles } = planIteration(start([0.3, 0.5, 0.1]), { ...random, seed });
      for (const { particle, startTowards, velocity } of particles) {
        expect(startTowards).not.toBe(`0/${particle}/x`);
        expect(velocity).toBeNull();
        chosen.add(`${particle} to ${startTowards}`);
      }
    }
    expect(chosen.size).toBe(6);
    const later = planIteration(step(start([0.3, 0.5]), [0.3, 0.5], random), random);
    expect(later.particles.map(({ startTowards }) => startTowards)).toEqual([null, null]);
  });

  it("needs another particle", () => {
    expect(() => planIteration(start([0.3]), random)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETERS" }));
  });
});

describe("restart", () => {
  /** The iterations in which particle 0 restarts, when it never improves on its initial score. */
  function restarts(restart: SwarmParameters["restart"], score: number | null = 0.5): number[] {
    const options = { ...parameters, restart };
    let state = start([score, 0.1]);
    const found: number[] = [];
    for (let iteration = 1; iteration <= 10; iteration++) {
      if (planIteration(state, options).particles[0]!.restarts) found.push(iteration);
      state = step(state, [score === null ? null : 0.2, iteration / 10], options);
    }
    return found;
  }

  it("is off where it is not set", () => {
    expect(restarts(undefined)).toEqual([]);
  });

  it("fires when the personal best is old enough and then waits for the cool-down", () => {
    expect(restarts({ patience: 2, coolDown: 3 })).toEqual([3, 7]);
  });

  it("fires in every iteration without a cool-down, as the reference code does", () => {
    expect(restarts({ patience: 2, coolDown: 0 })).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("does not move a particle back to a position that had no score", () => {
    expect(restarts({ patience: 2, coolDown: 3 }, null)).toEqual([]);
  });

  it("puts the particle on its personal best with zero velocity and leaves improving particles alone", () => {
    const options = { ...parameters, restart: { patience: 1, coolDown: 2 } };
    const state = step(start([0.5, 0.1]), [0.2, 0.3], options);
    const [stale, improving] = planIteration(state, options).particles;
    expect(stale).toMatchObject({ restarts: true, position: "0/0/x", velocity: null, personalBest: "0/0/x" });
    expect(improving).toMatchObject({ restarts: false, position: "1/1/x", velocity: "1/1/v" });
  });
});

describe("parameters", () => {
  it.each([
    ["a negative coefficient", { inertia: -0.1 }],
    ["coefficients that are all 0", { inertia: 0, cognitive: 0, social: 0, repel: 0 }],
    ["a coefficient that is not a number", { social: NaN }],
    ["a step length of 0", { stepLength: 0 }],
    ["a patience of 0", { patience: 0 }],
    ["a fractional number of iterations", { maxIterations: 2.5 }],
    ["a negative seed", { seed: -1 }],
    ["a growing step", { stepDecay: { factor: 1.1, floor: 0.1 } }],
    ["a floor above the step length", { stepDecay: { factor: 0.9, floor: 0.9 } }],
    ["a negative cool-down", { restart: { patience: 2, coolDown: -1 } }],
  ])("refuses %s", (_, wrong) => {
    expect(() => planIteration(start([0.3, 0.5]), { ...parameters, ...wrong })).toThrow(
      expect.objectContaining({ name: "SwarmError", code: "INVALID_PARAMETERS" }),
    );
  });
});
