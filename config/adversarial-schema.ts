/** Two swarms against each other: Algorithm 2 of Data Swarms, and what its best test taker is compared with (section 4). */
import { z } from "zod";
import { decimal, integer, listOf, oneOf, section } from "./fields.js";
import { trainingFields } from "./model-schema.js";

/** What the base model is fine-tuned on for comparison (section 4, figure 3); `base-model`: on nothing. */
export const TRAININGS = [
  "base-model",
  "dev-set",
  "initial-generators",
  "data-swarm",
  "task-elicitation",
  "prompt-breeder",
] as const;
export type Training = (typeof TRAININGS)[number];

const coefficient = decimal({ from: 0, to: 10 }).optional();

export const adversarialSection = section({
  /** Of the swarm of test takers. Default: those of `swarm`, from which it has all else. */
  models: section({
    inertia: coefficient,
    cognitive: coefficient,
    social: coefficient,
    repel: coefficient,
    stepLength: decimal({ above: 0, to: 10 }).optional(),
    /**
     * Fine-tunes each taker again after every so many of its moves, on questions that the generators have just written and their true
     * answers, by the recipe of `comparison`. Not in the paper: docs/decisions/0012.
     */
    retune: section({
      every: integer({ from: 1, to: 9999 }),
      /** Drawn from the iteration's joint set, for each taker anew. */
      instances: integer({ from: 1 }).default(240),
    }).optional(),
  }).prefault({}),
  /** Questions that the takers are scored on. The authors' code: 200. */
  windowSize: integer({ from: 1, to: 100_000 }).default(200),
  /** Share of the window that new questions may take in an iteration. The authors' code: 0.2. */
  windowReplace: decimal({ above: 0, to: 1 }).default(0.2),
  /** Which questions leave the window for new ones: the newest (section 2.4), the oldest, or any (the authors' code). */
  windowOrder: oneOf(["first-in-last-out", "first-in-first-out", "random"]).default("first-in-last-out"),
  /** Scores that bests are compared by: those that they once had (Algorithm 1), or what they have on the takers and the window of now. */
  bests: oneOf(["recorded", "remeasured"]).default("recorded"),
  /** Of `heldOutData`, for the curve over the iterations. The authors' code: 200. */
  heldOutQuestions: integer({ from: 1, to: 100_000 }).default(200),
  /** Others of `heldOutData`, for the comparison at the end. */
  testQuestions: integer({ from: 1, to: 100_000 }).default(300),
  comparison: section({
    enabled: z.boolean({ error: "true or false" }).default(true),
    trainings: listOf(oneOf(TRAININGS), "trainings")
      .refine((list) => new Set(list).size === list.length, { error: "a list that names each training once" })
      .default([...TRAININGS]),
    /** What is fine-tuned: the takers' base model (section 4), or the initial taker that is best on the first window. */
    from: oneOf(["base", "best-taker"]).default("base"),
    /** One recipe for all of them. */
    sft: section(trainingFields).prefault({}),
  }).prefault({}),
});
