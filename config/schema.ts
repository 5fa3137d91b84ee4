/** The run config: what a run is made of. */
import { z } from "zod";
import { checkAdversarial } from "./adversarial-checks.js";
import { adversarialSection } from "./adversarial-schema.js";
import { baselineSection } from "./baseline-schema.js";
import { checkTogether } from "./cross-checks.js";
import { chosenBy, decimal, integer, listOf, oneOf, section, text } from "./fields.js";
import { answeringSchema, generatorsSchema, name, takerSchema } from "./model-schema.js";
import { objectiveSchema } from "./objective-schema.js";
import { searchSchema } from "./search-schema.js";
import { swarmSchema } from "./swarm-schema.js";

/** All kinds that a config may name one day. */
export const KINDS = ["data-swarm", "adversarial-swarm", "model-swarm", "baseline", "agora"] as const;
export type Kind = (typeof KINDS)[number];
export const AVAILABLE_KINDS = ["data-swarm", "adversarial-swarm", "baseline"] as const satisfies readonly Kind[];

/** Domains whose questions an algorithm can grade. */
export const DOMAINS = ["graphs", "arithmetic", "lists"] as const;

const path = text("a path");

export interface SeedDataConfig {
  readonly path: string;
  /** Where the file holds more than one, such as `dev` and `test`. */
  readonly split?: string | undefined;
}

const seedDataSchema = chosenBy<SeedDataConfig>((value) =>
  typeof value === "object" && value !== null
    ? section({ path, split: text("the name of a split").optional() })
    : path.transform((one) => ({ path: one })),
);

/** What every kind of run is made of. */
const runSections = {
  name,
  /** Names the run. Default: `name`, so that the same command again goes on with the same run. */
  id: name.optional(),
  /** Of all randomness. */
  seed: integer({ from: 0 }),
  domain: oneOf(DOMAINS),
  /** JSON lines or a public layout; relative to the config file. */
  seedData: seedDataSchema,
  /** Questions of the same kind that no method learns from or is tuned on. */
  heldOutData: seedDataSchema.optional(),
  generators: generatorsSchema,
  takers: listOf(takerSchema, "test takers").min(1, { error: "a list of at least one test taker" }),
  /** Take no part in the search; what it found is measured on them too (section 5, table 2). */
  unseenTakers: listOf(takerSchema, "test takers").default([]),
  answering: answeringSchema.prefault({}),
  /** `exact`: the domain's grader. */
  judge: section({ kind: oneOf(["exact"]) }).prefault({ kind: "exact" }),
  objective: objectiveSchema,
  /** Questions of real users, which `personalized` compares with; relative to the config file. */
  userQueries: path.optional(),
  evaluation: section({
    /** Questions that the search never saw, on which the result is measured. */
    freshQuestions: integer({ from: 1, to: 100_000 }).default(400),
    /** Of the confidence intervals. */
    bootstrapSamples: integer({ from: 100, to: 1_000_000 }).default(2000),
    /** Seed questions on which takers are compared with, where the objective does. Default: as many as an evaluation draws. */
    seedQuestions: integer({ from: 1, to: 100_000 }).optional(),
  }).prefault({}),
  /** Iterations after which the workflow continues as new, which keeps its history short. */
  iterationsPerExecution: integer({ from: 1, to: 100 }).default(5),
  /** `file:///dir` or `s3://bucket/prefix`; a relative path starts at the config file. Default: `$SWARM_HOME/store`. */
  store: text("file:///directory or s3://bucket/prefix").optional(),
  /** The search ends, with a report, when one of them is spent. */
  budget: section({
    questions: integer({ from: 1 }).optional(),
    tokens: integer({ from: 1 }).optional(),
    usd: decimal({ above: 0 }).optional(),
  }).prefault({}),
};

const dataSwarmSchema = section({
  kind: z.literal("data-swarm"),
  ...runSections,
  swarm: swarmSchema.prefault({}),
  /** Many swarms with hyperparameters drawn from a grid, of which the best one counts; not given, one with those of `swarm`. */
  search: searchSchema.optional(),
}).superRefine(checkTogether);

const adversarialSwarmSchema = section({
  kind: z.literal("adversarial-swarm"),
  ...runSections,
  swarm: swarmSchema.prefault({}),
  adversarial: adversarialSection.prefault({}),
})
  .superRefine(checkTogether)
  .superRefine(checkAdversarial);

const baselineSchema = section({
  kind: z.literal("baseline"),
  ...runSections,
  baseline: baselineSection,
}).superRefine(checkTogether);

/** One schema for all kinds; a kind joins with its own. */
export const runConfigSchema = z.discriminatedUnion("kind", [dataSwarmSchema, adversarialSwarmSchema, baselineSchema]);

/** As validated, all defaults filled in. Parsing it once more gives the same. */
export type RunConfig = z.infer<typeof runConfigSchema>;
export type DataSwarmConfig = Extract<RunConfig, { readonly kind: "data-swarm" }>;
export type AdversarialSwarmConfig = Extract<RunConfig, { readonly kind: "adversarial-swarm" }>;
/** Of the kinds that move generators. */
export type SwarmRunConfig = Extract<RunConfig, { readonly swarm: object }>;
export type BaselineConfig = Extract<RunConfig, { readonly kind: "baseline" }>;
