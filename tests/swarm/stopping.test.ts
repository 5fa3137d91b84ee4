import { describe, expect, it } from "vitest";
import { advance, initialSwarm } from "../../swarm/advance.js";
import { jointStagnation, stopReason } from "../../swarm/stopping.js";

const parameters = { patience: 3, maxIterations: 10 };
const going = { state: { iteration: 4, stagnation: 2 }, parameters, stopRequested: false, budgetSpent: false };

describe("stopReason", () => {
  it("lets the search go on", () => {
    expect(stopReason(going)).toBeNull();
  });

  it.each([
    ["patience", { state: { iteration: 4, stagnation: 3 } }],
    ["max-iterations", { state: { iteration: 10, stagnation: 0 } }],
    ["hopeless", { hopeless: true, stopRequested: true }],
    ["stop-requested", { stopRequested: true }],
    ["budget", { budgetSpent: true }],
  ])("stops for %s", (reason, change) => {
    expect(stopReason({ ...going, ...change })).toBe(reason);
  });

  it("names the algorithm's own end where a stop was requested as well", () => {
    const state = { iteration: 4, stagnation: 3 };
    expect(stopReason({ ...going, state, stopRequested: true, budgetSpent: true })).toBe("patience");
  });

  it("runs no iteration where the most is 0", () => {
    const state = { iteration: 0, stagnation: 0 };
    expect(stopReason({ ...going, state, parameters: { patience: 3, maxIterations: 0 } })).toBe("max-iterations");
  });

  it("stops after c iterations without a new global best, from the start as after an improvement", () => {
    const run = (scores: readonly number[]): number => {
      let state = initialSwarm({ positions: ["a"], scores: [scores[0]!], stepLength: 1 });
      for (const score of scores.slice(1)) {
        if (stopReason({ ...going, state }) !== null) break;
        state = advance({ state, parameters: {}, moves: [{ position: "b", velocity: "c" }], scores: [score] });
      }
      return state.iteration;
    };
    expect(run([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])).toBe(3);
    expect(run([0.5, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6])).toBe(5);
  });
});

describe("jointStagnation", () => {
  it("counts the iterations in which neither swarm found a new best", () => {
    expect(jointStagnation([{ stagnation: 4 }, { stagnation: 1 }])).toBe(1);
    expect(jointStagnation([{ stagnation: 2 }, { stagnation: 5 }])).toBe(2);
  });

  it("lets the search go on until both have stood still for c iterations", () => {
    const after = (swarms: readonly { stagnation: number }[]) =>
      stopReason({ ...going, state: { iteration: 4, stagnation: jointStagnation(swarms) } });
    expect(after([{ stagnation: 3 }, { stagnation: 2 }])).toBeNull();
    expect(after([{ stagnation: 3 }, { stagnation: 3 }])).toBe("patience");
  });
});
