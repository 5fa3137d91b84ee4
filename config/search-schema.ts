/** `search:` of a data swarm: which of its hyperparameters are tried (Data Swarms, appendix C, "Hyperparameter Details"). */
import type { z } from "zod";
import { PAPER_GRID } from "../swarm/parameter-grid.js";
import { decimal, integer, listOf, section } from "./fields.js";
import { COEFFICIENT, STEP_LENGTH } from "./swarm-schema.js";

/** Their numbers have two digits in run ids. */
const MOST_RUNS = 100;

const coefficients = values(decimal(COEFFICIENT));

export const searchSchema = section({
  /** Combinations drawn at random; all of them where the grid has no more. Appendix C: up to 20. */
  runs: integer({ from: 1, to: MOST_RUNS }).default(20),
  /** The values to try of each coefficient, in place of the ones in `swarm`. One value alone is kept in all runs. */
  grid: section({
    inertia: coefficients.default([...PAPER_GRID.inertia]),
    cognitive: coefficients.default([...PAPER_GRID.cognitive]),
    social: coefficients.default([...PAPER_GRID.social]),
    repel: coefficients.default([...PAPER_GRID.repel]),
    stepLength: values(decimal(STEP_LENGTH)).default([...PAPER_GRID.stepLength]),
  })
    .refine(({ inertia, cognitive, social, repel }) => ![inertia, cognitive, social, repel].every(hasZero), {
      path: ["social"],
      error: "must not hold 0 where inertia, cognitive and repel hold it too: nothing would move",
    })
    .prefault({}),
  /** Runs side by side. A run starts when all but the `atOnce - 1` before it are done, whichever is faster. */
  atOnce: integer({ from: 1, to: MOST_RUNS }).default(1),
  /** The median stopping rule; not given, every run goes to its own end. */
  earlyStop: section({
    /** Iterations before which no run is stopped. */
    afterIterations: integer({ from: 1, to: 9999 }).default(3),
    /** Runs that must be done before another one may be stopped. */
    leastRuns: integer({ from: 1, to: MOST_RUNS }).default(3),
  }).optional(),
});

export type SearchConfig = z.infer<typeof searchSchema>;

/** Ids of the runs of a search: `<id>-h00`, `<id>-h01`, ... */
export function searchRunId(runId: string, index: number): string {
  return `${runId}-h${String(index).padStart(2, "0")}`;
}

/** Characters that {@link searchRunId} adds. */
export const SEARCH_SUFFIX_LENGTH = 4;

function values(value: z.ZodNumber) {
  return listOf(value, "numbers")
    .min(1, { error: "a list of at least one number" })
    .refine((given) => new Set(given).size === given.length, { error: "must hold every number once" });
}

function hasZero(given: readonly number[]): boolean {
  return given.includes(0);
}
