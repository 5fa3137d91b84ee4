/** Data swarms as in the paper, and with each of the options that are ours. */
import { ADVERSARIAL, MIN_NEW, SWARM } from "./budget.js";
import { GENERATORS, type Sections } from "./domains.js";

/** docs/decisions/0010. */
const FOUND = { ...GENERATORS, sampling: { ...GENERATORS.sampling, from: "found" } };

/** Shown, and learnt, is the quarter of what was found that is worth most. */
const ELITE = { ...FOUND, sampling: { ...FOUND.sampling, elite: { share: 0.25 } } };

/** One particle more and one cluster less. */
const WITH_BASE = { ...ELITE, clusters: GENERATORS.clusters - 1, includeBase: true };

const RETUNE = { every: 1, instances: 160 };

/** What is in a variant's config beside the sections of its domain. */
export const SWARMS = {
  "data-swarm": swarm(),
  "data-swarm-found": swarm({}, FOUND),
  /** docs/decisions/0011. */
  "data-swarm-retuned": swarm({ retune: RETUNE }, FOUND),
  "data-swarm-elite": swarm({ retune: RETUNE }, ELITE),
  /** docs/decisions/0013. */
  "data-swarm-with-base": swarm({ retune: RETUNE }, WITH_BASE),
  /** docs/decisions/0014. */
  "data-swarm-learning": swarm({ minNew: MIN_NEW, retune: RETUNE }, WITH_BASE),
  /** docs/decisions/0007. It may spend up to two and a half times the questions. */
  "data-swarm-tested": swarm({ bestUpdate: "tested" }),
  /** docs/decisions/0006. */
  "data-swarm-delta": swarm({ space: "delta" }),
} as const satisfies Readonly<Record<string, Sections>>;

export type Variant = keyof typeof SWARMS;

/** The swarms that all baselines are compared with, by what tables call them: the paper's, and the one with all that helped. */
export const COMPARED = {
  "data-swarm": "Data Swarms, paper",
  "data-swarm-learning": "Data Swarms, learning",
} as const satisfies Partial<Record<Variant, string>>;

function swarm(options: Sections = {}, generators: Sections = GENERATORS): Sections {
  return { kind: "data-swarm", swarm: { ...SWARM, ...options }, generators };
}

/** Both swarms learn what was found. */
const LEARNING = { ...ADVERSARIAL, bests: "remeasured", models: { retune: { every: 1, instances: 480 } } };

/** Two swarms against each other. */
export const ADVERSARIAL_SWARMS = {
  /** As in the paper. */
  "adversarial-swarm": adversarial(SWARMS["data-swarm"], ADVERSARIAL),
  /** docs/decisions/0012. */
  "adversarial-swarm-learning": adversarial(SWARMS["data-swarm-elite"], LEARNING),
} as const satisfies Readonly<Record<string, Sections>>;

/** Experts know more than the base model that comparisons start from, so trainings that start from the best of them are compared too. */
export const ADVERSARIAL_SWARMS_OF_EXPERTS = {
  ...ADVERSARIAL_SWARMS,
  "adversarial-swarm-learning-one-start": adversarial(SWARMS["data-swarm-elite"], {
    ...LEARNING,
    comparison: { ...LEARNING.comparison, from: "best-taker" },
  }),
} as const satisfies Readonly<Record<string, Sections>>;

function adversarial(sections: Sections, settings: Sections): Sections {
  return { ...sections, kind: "adversarial-swarm", adversarial: settings };
}
