/** What a swarm is compared with: the eight baselines of Data Swarms (section 3; appendix C, "Baseline Details"). */
import { decimal, integer, oneOf, section } from "./fields.js";

export const METHODS = [
  "dev-set",
  "held-out-set",
  "initial-generators",
  "model-soup",
  "self-instruct",
  "autobencher",
  "task-elicitation",
  "prompt-breeder",
] as const;
export type Method = (typeof METHODS)[number];

/** Methods whose questions are those of a data set: there is nothing to draw another set from. */
export const FIXED_SETS: readonly Method[] = ["dev-set", "held-out-set"];
/** Methods that choose by what takers answered. */
export const SEARCHES: readonly Method[] = ["autobencher", "task-elicitation", "prompt-breeder"];
/** Methods that go on from what takers did on the seed data, round by round. */
export const METHODS_IN_ROUNDS: readonly Method[] = ["task-elicitation", "prompt-breeder"];

export const baselineSection = section({
  method: oneOf(METHODS),
  /** Of task elicitation and prompt breeder. Appendix C: 10. */
  rounds: integer({ from: 1, to: 9999 }).default(10),
  /** Questions that each of these rounds may draw and have answered. Appendix C: 200 crossovers. */
  questionsPerRound: integer({ from: 2, to: 100_000 }).default(200),
  /** Of autobencher: question sets that are tried. Appendix C: ten. */
  subsets: integer({ from: 1, to: 9999 }).default(10),
  /** Questions that are drawn for each of them. Appendix C: 20. */
  subsetSize: integer({ from: 2, to: 100_000 }).default(20),
  /** Of prompt breeder: seed questions that it starts with, and as many as it keeps. Default, and appendix C: all of them. */
  population: integer({ from: 2, to: 100_000 }).optional(),
  /** As in a swarm: a set with a smaller share of valid questions has no score. */
  minValid: decimal({ from: 0, to: 1 }).default(0.5),
});
