import { describe, expect, it } from "vitest";
import { advance, initialSwarm } from "../../swarm/advance.js";
import { comparedPositions, withRemeasured } from "../../swarm/remeasured-bests.js";

const PARAMETERS = {};

/** Three particles after one step: p = (a0 .5, b1 .7, c0 .6), g = b1, g_w = c1 .2. */
const SWARM = advance({
  state: initialSwarm({ positions: ["a0", "b0", "c0"], scores: [0.5, 0.4, 0.6], stepLength: 1 }),
  parameters: PARAMETERS,
  moves: ["a1", "b1", "c1"].map((position) => ({ position, velocity: `${position}/v` })),
  scores: [0.3, 0.7, 0.2],
});

describe("comparedPositions", () => {
  it("are those of the bests and of the worst, each once", () => {
    expect(comparedPositions(SWARM)).toEqual(["a0", "b1", "c0", "c1"]);
  });

  it("leave out what never had a score", () => {
    const swarm = initialSwarm({ positions: ["a0", "b0"], scores: [null, 0.4], stepLength: 1 });
    expect(comparedPositions(swarm)).toEqual(["b0"]);
  });
});

describe("withRemeasured", () => {
  it("by hand: every best has its new score, and the global best is the highest of them", () => {
    const scores = new Map([
      ["a0", 0.45],
      ["b1", 0.35],
      ["c0", 0.4],
      ["c1", 0.1],
    ]);
    const anew = withRemeasured(SWARM, scores);
    expect(anew.particles.map(({ personalBest }) => personalBest.score)).toEqual([0.45, 0.35, 0.4]);
    expect(anew.globalBest).toEqual({ particle: 0, iteration: 0, position: "a0", score: 0.45 });
    expect(anew.globalWorst).toMatchObject({ position: "c1", score: 0.1 });
  });

  it("keeps the global best where another one only equals it, and what was not measured anew", () => {
    const anew = withRemeasured(SWARM, new Map([["b1", 0.6]]));
    expect(anew.globalBest).toMatchObject({ position: "b1", score: 0.6 });
    expect(anew.particles[2]?.personalBest.score).toBe(0.6);
  });

  it("leaves positions, velocities, scores and stagnation as they were", () => {
    const anew = withRemeasured(SWARM, new Map([["b1", 0.1]]));
    expect(anew.stagnation).toBe(SWARM.stagnation);
    const moved = (swarm: typeof SWARM) => swarm.particles.map(({ personalBest: _, ...rest }) => rest);
    expect(moved(anew)).toEqual(moved(SWARM));
  });

  it("changes nothing where all scores are what they were", () => {
    const scores = new Map([
      ["a0", 0.5],
      ["b1", 0.7],
      ["c0", 0.6],
      ["c1", 0.2],
    ]);
    expect(withRemeasured(SWARM, scores)).toEqual(SWARM);
  });

  it("lets a step find a new best that an old score would have hidden", () => {
    const step = {
      parameters: PARAMETERS,
      moves: ["a2", "b2", "c2"].map((position) => ({ position, velocity: `${position}/v` })),
      scores: [0.2, 0.5, 0.2],
    };
    expect(advance({ ...step, state: SWARM }).globalBest?.position).toBe("b1");
    const anew = withRemeasured(SWARM, new Map(["a0", "b1", "c0"].map((position) => [position, 0.3])));
    expect(advance({ ...step, state: anew }).globalBest?.position).toBe("b2");
  });
});
