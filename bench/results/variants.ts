/** Data swarms as in the paper, and with each of the options that are ours. */
import { SWARM } from "./budget.js";
import { GENERATORS, type Sections } from "./domains.js";

/** docs/decisions/0010. */
const FOUND = { ...GENERATORS, sampling: { ...GENERATORS.sampling, from: "found" } };

const RETUNE = { every: 2, instances: 240 };

/** What is in a variant's config beside the sections of its domain. */
export const SWARMS = {
  "data-swarm": swarm(),
  "data-swarm-found": swarm({}, FOUND),
  /** docs/decisions/0011. */
  "data-swarm-retuned": swarm({ retune: RETUNE }, FOUND),
  /** docs/decisions/0007. It may spend up to two and a half times the questions. */
  "data-swarm-tested": swarm({ bestUpdate: "tested" }),
  /** docs/decisions/0006. */
  "data-swarm-delta": swarm({ space: "delta" }),
} as const satisfies Readonly<Record<string, Sections>>;

export type Variant = keyof typeof SWARMS;

function swarm(options: Sections = {}, generators: Sections = GENERATORS): Sections {
  return { kind: "data-swarm", swarm: { ...SWARM, ...options }, generators };
}
