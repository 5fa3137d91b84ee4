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

export const baselineSection = section({
  method: oneOf(METHODS),
  /** Of task elicitation and prompt breeder. Appendix C: 10. */
  rounds: integer({ from: 1, to: 9999 }).default(10),
  /** Questions that each round may draw and have answered. Appendix C: 200 crossovers. */
  questionsPerRound: integer({ from: 1, to: 100_000 }).default(200),
  /** As in a swarm: a method that writes fewer valid questions has no score. */
  minValid: decimal({ from: 0, to: 1 }).default(0.5),
});
