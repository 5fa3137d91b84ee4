import { describe, expect, it } from "vitest";
import { RandomStream } from "../../swarm/random.js";
import { referenceUpdate, type ReferenceParticle } from "../../swarm/reference-update.js";
import { drawFactors, updateCoefficients, type RandomFactors } from "../../swarm/velocity.js";
import { parameters } from "./parameters-of-tests.js";

const all = { personalBest: true, globalBest: true, globalWorst: true };

/** Algorithm 1, lines 10 to 12, written out term by term for one weight, with C divided at the end. */
function paperUpdate(
  weights: { x: number; v: number; p: number; g: number; w: number },
  phi: { v: number; p: number; g: number; w: number },
  r: { v: number; p: number; g: number; w: number },
  lambda: number,
): { x: number; v: number } {
  const c = r.v * phi.v + r.p * phi.p + r.g * phi.g + r.w * phi.w;
  let velocity = r.v * phi.v * weights.v;
  velocity += r.p * phi.p * (weights.p - weights.x);
  velocity += r.g * phi.g * (weights.g - weights.x);
  velocity -= r.w * phi.w * (weights.w - weights.x);
  velocity /= c;
  return { x: weights.x + lambda * velocity, v: velocity };
}

describe("drawFactors", () => {
  it("gives the same four numbers in [0, 1) for the same seed, iteration and particle, and others for another", () => {
    const factors = drawFactors({ seed: 3, iteration: 4, particle: 1 });
    expect(drawFactors({ seed: 3, iteration: 4, particle: 1 })).toEqual(factors);
    expect(drawFactors({ seed: 3, iteration: 5, particle: 1 })).not.toEqual(factors);
    expect(drawFactors({ seed: 3, iteration: 4, particle: 2 })).not.toEqual(factors);
    expect(new Set(Object.values(factors)).size).toBe(4);
    for (const factor of Object.values(factors)) expect(factor >= 0 && factor < 1).toBe(true);
  });
});

describe("updateCoefficients", () => {
  const factors: RandomFactors = { velocity: 0.5, personalBest: 1, globalBest: 0.25, globalWorst: 0.8 };

  it("divides each product by C", () => {
    // By hand: .5 × .2 = .1, 1 × .3 = .3, .25 × .4 = .1, .8 × .05 = .04; C = .54.
    const coefficients = updateCoefficients({ parameters, factors, stepLength: 0.7, exists: all });
    expect(coefficients.velocity).toBeCloseTo(0.1 / 0.54, 12);
    expect(coefficients.personalBest).toBeCloseTo(0.3 / 0.54, 12);
    expect(coefficients.globalBest).toBeCloseTo(0.1 / 0.54, 12);
    expect(coefficients.globalWorst).toBeCloseTo(0.04 / 0.54, 12);
    expect(coefficients.stepLength).toBe(0.7);
  });

  it("leaves out a best that does not exist and keeps the weight of the others", () => {
    const exists = { ...all, personalBest: false, globalBest: false };
    const coefficients = updateCoefficients({ parameters, factors, stepLength: 0.7, exists });
    expect(coefficients.personalBest).toBe(0);
    expect(coefficients.globalBest).toBe(0);
    expect(coefficients.globalWorst).toBeCloseTo(0.04 / 0.54, 12);
  });

  it("refuses C = 0", () => {
    const none = { velocity: 0, personalBest: 0, globalBest: 0, globalWorst: 0 };
    expect(() => updateCoefficients({ parameters, factors: none, stepLength: 1, exists: all })).toThrow(
      expect.objectContaining({ name: "SwarmError", code: "ZERO_NORMALISATION" }),
    );
  });
});

describe("referenceUpdate", () => {
  it("moves a weight as worked out by hand", () => {
    // v' = .25 × 2 + .5 × (3 - 1) + .125 × (-1 - 1) - .125 × (5 - 1) = .5 + 1 - .25 - .5 = .75; x' = 1 + .5 × .75 = 1.375.
    const { position, velocity } = referenceUpdate(
      {
        position: Float64Array.of(1),
        velocity: Float64Array.of(2),
        personalBest: Float64Array.of(3),
        globalBest: Float64Array.of(-1),
        globalWorst: Float64Array.of(5),
      },
      { velocity: 0.25, personalBest: 0.5, globalBest: 0.125, globalWorst: 0.125, stepLength: 0.5 },
    );
    expect([...velocity]).toEqual([0.75]);
    expect([...position]).toEqual([1.375]);
  });

  it("equals the paper's formula written out term by term, for random swarms", () => {
    const random = new RandomStream({ seed: 5, purpose: "property" });
    for (let trial = 0; trial < 300; trial++) {
      const phi = { v: random.uniform(), p: random.uniform(), g: random.uniform(), w: random.uniform() };
      const lambda = 0.1 + random.uniform();
      const size = random.integer(1, 6);
      const tensor = (): Float64Array => Float64Array.from({ length: size }, () => random.normal());
      const particle = {
        position: tensor(),
        velocity: tensor(),
        personalBest: tensor(),
        globalBest: tensor(),
        globalWorst: tensor(),
      } satisfies ReferenceParticle;
      const r = drawFactors({ seed: 9, iteration: trial, particle: 0 });
      const coefficients = updateCoefficients({
        parameters: { inertia: phi.v, cognitive: phi.p, social: phi.g, repel: phi.w },
        factors: r,
        stepLength: lambda,
        exists: all,
      });
      const updated = referenceUpdate(particle, coefficients);
      for (let index = 0; index < size; index++) {
        const expected = paperUpdate(
          {
            x: particle.position[index]!,
            v: particle.velocity[index]!,
            p: particle.personalBest[index]!,
            g: particle.globalBest[index]!,
            w: particle.globalWorst[index]!,
          },
          phi,
          { v: r.velocity, p: r.personalBest, g: r.globalBest, w: r.globalWorst },
          lambda,
        );
        expect(updated.velocity[index]).toBeCloseTo(expected.v, 11);
        expect(updated.position[index]).toBeCloseTo(expected.x, 11);
      }
    }
  });

  it("does not move a particle without velocity that is its own best and worst", () => {
    const position = Float64Array.of(1.5, -2);
    const updated = referenceUpdate(
      { position, velocity: null, personalBest: position, globalBest: position, globalWorst: position },
      { velocity: 0.3, personalBest: 0.3, globalBest: 0.3, globalWorst: 0.1, stepLength: 1 },
    );
    expect([...updated.position]).toEqual([1.5, -2]);
    expect([...updated.velocity]).toEqual([0, 0]);
  });

  it("refuses tensors of different length", () => {
    const particle = {
      position: Float64Array.of(1, 2),
      velocity: Float64Array.of(1),
      personalBest: null,
      globalBest: null,
      globalWorst: null,
    };
    expect(() =>
      referenceUpdate(particle, { velocity: 1, personalBest: 0, globalBest: 0, globalWorst: 0, stepLength: 1 }),
    ).toThrow(RangeError);
  });
});
