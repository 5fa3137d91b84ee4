import { describe, expect, it } from "vitest";
import { checkParameters } from "../../swarm/parameters.js";
import { drawFromGrid, gridSize, PAPER_GRID, SEARCHED } from "../../swarm/parameter-grid.js";

const SMALL = { inertia: [1, 2], cognitive: [3], social: [4, 5, 6], repel: [7], stepLength: [8] };

describe("the grid of hyperparameters", () => {
  it("has 3 x 5 x 5 x 3 x 6 combinations in the paper", () => {
    expect(gridSize(PAPER_GRID)).toBe(1350);
  });

  it("gives every combination once where as many are drawn as there are", () => {
    const all = drawFromGrid(SMALL, { count: 100, seed: 1 }).map((point) => SEARCHED.map((name) => point[name]).join());
    expect(all.toSorted()).toEqual(["1,3,4,7,8", "1,3,5,7,8", "1,3,6,7,8", "2,3,4,7,8", "2,3,5,7,8", "2,3,6,7,8"]);
  });

  it("draws different combinations of the grid's values, which a swarm can take", () => {
    const drawn = drawFromGrid(PAPER_GRID, { count: 20, seed: 7 });
    expect(new Set(drawn.map((point) => JSON.stringify(point))).size).toBe(20);
    for (const point of drawn) {
      for (const name of SEARCHED) expect(PAPER_GRID[name]).toContain(point[name]);
      checkParameters({ ...point, seed: 1, patience: 5, maxIterations: 30 }, 4);
    }
  });

  it("draws the same for the same seed, others for another, and fewer as the first of more", () => {
    const drawn = drawFromGrid(PAPER_GRID, { count: 20, seed: 7 });
    expect(drawFromGrid(PAPER_GRID, { count: 5, seed: 7 })).toEqual(drawn.slice(0, 5));
    expect(drawFromGrid(PAPER_GRID, { count: 20, seed: 8 })).not.toEqual(drawn);
  });

  it("refuses a coefficient without a value", () => {
    expect(() => drawFromGrid({ ...SMALL, repel: [] }, { count: 1, seed: 1 })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETERS" }),
    );
  });
});
