import type { SwarmParameters } from "./parameters.js";
import { RandomStream } from "./random.js";
import { SwarmError } from "./swarm-error.js";

/** What a hyperparameter search varies. */
export const SEARCHED = ["inertia", "cognitive", "social", "repel", "stepLength"] as const;
export type Coefficients = Readonly<Pick<SwarmParameters, (typeof SEARCHED)[number]>>;

/** The values to try of each; every combination is a point of the grid. */
export type ParameterGrid = Readonly<Record<keyof Coefficients, readonly number[]>>;

/** Data Swarms, appendix C. */
export const PAPER_GRID: ParameterGrid = {
  inertia: [0.1, 0.2, 0.3],
  cognitive: [0.1, 0.2, 0.3, 0.4, 0.5],
  social: [0.2, 0.3, 0.4, 0.5, 0.6],
  repel: [0.01, 0.05, 0.1],
  stepLength: [0.5, 0.6, 0.7, 0.8, 0.9, 1.0],
};

/** How many combinations a grid has. */
export function gridSize(grid: ParameterGrid): number {
  return SEARCHED.reduce((product, name) => product * grid[name].length, 1);
}

/**
 * Different combinations at random ("up to 20 runs by randomly choosing over these settings", appendix C); all of them, in a
 * random order, where the grid has no more than `count`. Fewer are the first ones of more.
 *
 * @throws SwarmError `INVALID_PARAMETERS` where a coefficient has no value to try
 */
export function drawFromGrid(grid: ParameterGrid, { count, seed }: { count: number; seed: number }): Coefficients[] {
  const empty = SEARCHED.find((name) => grid[name].length === 0);
  if (empty !== undefined) throw new SwarmError("INVALID_PARAMETERS", `the grid has no value for ${empty}`);
  const points = Array.from({ length: gridSize(grid) }, (_, point) => point);
  const drawn = new RandomStream({ seed, purpose: "hyperparameter search" }).shuffle(points).slice(0, count);
  return drawn.map((point) => combination(grid, point));
}

/** The combinations in the order of their digits, the last coefficient's changing first. */
function combination(grid: ParameterGrid, point: number): Coefficients {
  let rest = point;
  const chosen = SEARCHED.toReversed().map((name) => {
    const values = grid[name];
    const value = values[rest % values.length]!;
    rest = Math.floor(rest / values.length);
    return [name, value] as const;
  });
  return Object.fromEntries(chosen) as unknown as Coefficients;
}
