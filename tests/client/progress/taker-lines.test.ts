import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { describeTakers, takerLines } from "../../../client/progress/taker-lines.js";
import type { MovingTakers } from "../../../workflows/messages.js";

const takers: MovingTakers = {
  names: ["novice", "path-finder"],
  iterations: [
    { iteration: 0, window: [0.55, 0.58], heldOut: [0.5, 0.56], questions: 200, entered: 200 },
    { iteration: 1, window: [0.5, 0.6], heldOut: [0.53, 0.55], questions: 200, entered: 40 },
  ],
  best: 1,
};

describe("test takers that move", () => {
  it("are shown on the window and on held-out questions, with what changed, the best one marked", () => {
    expect(takerLines(takers, 60, picocolors.createColors(false)).join("\n")).toMatchInlineSnapshot(`
      "
        taker            window held-out   change
        novice            0.500    0.530   +0.030
        path-finder ★     0.600    0.550   -0.010"
    `);
  });

  it("have lines no wider than the terminal", () => {
    const lines = takerLines(takers, 20, picocolors.createColors(false));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(20);
  });

  it("are a line for logs in every iteration", () => {
    expect(takers.iterations.map(describeTakers)).toEqual([
      "initial takers: window 0.550 0.580, held-out 0.500 0.560",
      "takers of iteration 1: window 0.500 0.600, held-out 0.530 0.550",
    ]);
  });
});
