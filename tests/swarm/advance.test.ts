import { describe, expect, it } from "vitest";
import { advance, initialSwarm, type Move } from "../../swarm/advance.js";
import { RandomStream } from "../../swarm/random.js";
import { swarmStateSchema } from "../../swarm/state-schema.js";
import type { SwarmState } from "../../swarm/state.js";

const moves = (iteration: number, particles: number): Move[] =>
  Array.from({ length: particles }, (_, particle) => ({
    position: `${iteration}/${particle}/x`,
    velocity: `${iteration}/${particle}/v`,
  }));

function step(state: SwarmState, scores: readonly (number | null)[], parameters = {}): SwarmState {
  return advance({ state, parameters, scores, moves: moves(state.iteration + 1, state.particles.length) });
}

const start = (scores: readonly (number | null)[]): SwarmState =>
  initialSwarm({ positions: scores.map((_, particle) => `0/${particle}/x`), scores, stepLength: 0.8 });

describe("initialSwarm", () => {
  it("sets p to x, v to zero and takes g and g_w from the initial swarm", () => {
    const state = start([0.3, 0.5, 0.1]);
    expect(state.particles[0]).toEqual({
      position: "0/0/x",
      velocity: null,
      personalBest: { position: "0/0/x", score: 0.3, iteration: 0 },
      score: 0.3,
      restartedIn: null,
    });
    expect(state.globalBest).toEqual({ particle: 1, iteration: 0, position: "0/1/x", score: 0.5 });
    expect(state.globalWorst).toEqual({ particle: 2, iteration: 0, position: "0/2/x", score: 0.1 });
    expect(state).toMatchObject({ iteration: 0, stagnation: 0, stepLength: 0.8 });
  });

  it("takes the first of equal particles as best and as worst", () => {
    const state = start([0.4, 0.4, 0.4]);
    expect(state.globalBest?.particle).toBe(0);
    expect(state.globalWorst.particle).toBe(0);
  });

  it("ranks a particle without a score below one that scored 0", () => {
    const state = start([0, null, 0.2, null]);
    expect(state.globalWorst).toMatchObject({ particle: 1, score: null });
    expect(state.globalBest).toMatchObject({ particle: 2, score: 0.2 });
  });

  it("has no global best where no particle has a score", () => {
    expect(start([null, null]).globalBest).toBeNull();
  });

  it.each([
    ["no particle", []],
    ["NaN", [0.1, NaN]],
    ["infinity", [Infinity]],
  ])("refuses %s", (_, scores) => {
    expect(() => start(scores)).toThrow(expect.objectContaining({ code: "INVALID_SCORES" }));
  });
});

describe("advance", () => {
  it("follows a trajectory worked out by hand", () => {
    let state = start([0.3, 0.5]);
    state = step(state, [0.6, 0.4]);
    expect(state.globalBest).toEqual({ particle: 0, iteration: 1, position: "1/0/x", score: 0.6 });
    expect(state.globalWorst).toMatchObject({ particle: 0, iteration: 0, score: 0.3 });
    expect(state.particles.map(({ personalBest }) => personalBest.iteration)).toEqual([1, 0]);
    expect(state.stagnation).toBe(0);

    state = step(state, [0.2, 0.6]);
    expect(state.globalBest).toMatchObject({ particle: 0, iteration: 1 });
    expect(state.globalWorst).toMatchObject({ particle: 0, iteration: 2, position: "2/0/x", score: 0.2 });
    expect(state.particles.map(({ personalBest }) => personalBest.iteration)).toEqual([1, 2]);
    expect(state.stagnation).toBe(1);

    state = step(state, [0.6, 0.2]);
    expect(state.globalBest).toMatchObject({ particle: 0, iteration: 1 });
    expect(state.globalWorst).toMatchObject({ particle: 0, iteration: 2 });
    expect(state.particles.map(({ personalBest }) => personalBest.iteration)).toEqual([1, 2]);
    expect(state.particles.map(({ position, velocity }) => [position, velocity])).toEqual([
      ["3/0/x", "3/0/v"],
      ["3/1/x", "3/1/v"],
    ]);
    expect(state.stagnation).toBe(2);
  });

  it("keeps bests where a particle loses its score and makes that position the worst for good", () => {
    let state = step(start([0.3, 0.5]), [null, 0.5]);
    expect(state.particles[0]).toMatchObject({ score: null, personalBest: { score: 0.3, iteration: 0 } });
    expect(state.globalWorst).toMatchObject({ particle: 0, iteration: 1, score: null });
    state = step(state, [null, null]);
    expect(state.globalWorst).toMatchObject({ particle: 0, iteration: 1 });
    expect(state.globalBest).toMatchObject({ particle: 1, iteration: 0 });
  });

  it("takes any score, also 0, over none", () => {
    const state = step(start([null, null]), [0, null]);
    expect(state.globalBest).toMatchObject({ particle: 0, iteration: 1, score: 0 });
    expect(state.particles[0]!.personalBest).toMatchObject({ score: 0, iteration: 1 });
    expect(state.particles[1]!.personalBest).toMatchObject({ score: null, iteration: 0 });
    expect(state.stagnation).toBe(0);
  });

  it("counts iterations without any score as stagnation", () => {
    expect(step(step(start([null]), [null]), [null]).stagnation).toBe(2);
  });

  it("agrees with best and worst over the whole history, for random scores with ties and gaps", () => {
    const random = new RandomStream({ seed: 4, purpose: "property" });
    for (let trial = 0; trial < 100; trial++) {
      const particles = random.integer(1, 5);
      const draw = (): (number | null)[] =>
        Array.from({ length: particles }, () => random.choice([null, 0, 0.25, 0.5, 0.75, 1]));
      const history = Array.from({ length: 8 }, draw);
      const state = history.slice(1).reduce((before, scores) => step(before, scores), start(history[0]!));

      // Independent rule: order by score, then by iteration, then by particle; null counts as -1.
      const visits = history.flatMap((scores, iteration) =>
        scores.map((score, particle) => ({ score: score ?? -1, iteration, particle })),
      );
      const best = visits.toSorted(
        (a, b) => b.score - a.score || a.iteration - b.iteration || a.particle - b.particle,
      )[0]!;
      const worst = visits.toSorted(
        (a, b) => a.score - b.score || a.iteration - b.iteration || a.particle - b.particle,
      )[0]!;
      if (best.score === -1) expect(state.globalBest).toBeNull();
      else expect(state.globalBest).toMatchObject({ ...best });
      expect({ ...state.globalWorst, score: state.globalWorst.score ?? -1 }).toMatchObject({ ...worst });
      expect(state.stagnation).toBe(best.score === -1 ? 7 : 7 - best.iteration);
      for (const [particle, { personalBest }] of state.particles.entries()) {
        const own = history.map((scores) => scores[particle] ?? -1);
        expect(personalBest.iteration).toBe(own.indexOf(Math.max(...own)));
      }
    }
  });

  it("leaves the state that it was given as it was", () => {
    const state = start([0.3, 0.5]);
    const before = structuredClone(state);
    step(state, [0.9, 0.1]);
    expect(state).toEqual(before);
  });

  it("survives JSON unchanged, in under 1 KB a particle with keys of 100 characters", () => {
    const long = "k".repeat(100);
    const state = advance({
      state: initialSwarm({ positions: [long, long], scores: [0.1, null], stepLength: 1 }),
      parameters: {},
      moves: [0, 1].map(() => ({ position: long, velocity: long })),
      scores: [0.2, null],
    });
    const json = JSON.stringify(state);
    expect(swarmStateSchema.parse(JSON.parse(json))).toEqual(state);
    expect(json.length).toBeLessThan(2 * 1024);
  });

  it("lets λ decay once per iteration, whatever the number of particles, down to the floor", () => {
    const stepDecay = { factor: 0.5, floor: 0.3 };
    let state = start([0.1, 0.2, 0.3]);
    const lengths = [1, 2, 3].map(() => (state = step(state, [0.1, 0.2, 0.3], { stepDecay })).stepLength);
    expect(lengths).toEqual([0.4, 0.3, 0.3]);
    expect(step(state, [0, 0, 0]).stepLength).toBe(0.3);
  });

  it.each([
    ["too few scores", { scores: [0.1] }],
    ["a score that is not a number", { scores: [0.1, NaN] }],
    ["too few moves", { moves: moves(1, 1) }],
  ])("refuses %s", (_, wrong) => {
    const right = { state: start([0.1, 0.2]), parameters: {}, scores: [0.1, 0.2], moves: moves(1, 2) };
    expect(() => advance({ ...right, ...wrong })).toThrow(
      expect.objectContaining({ name: "SwarmError", code: "INVALID_SCORES" }),
    );
  });
});
