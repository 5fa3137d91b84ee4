/** The tables of docs/results.md, each as the runs that it is made of. */
import { type Method, METHODS } from "../../config/baseline-schema.js";
import { BASELINE, EVALUATION, SWARM } from "./budget.js";
import { DOMAIN_NAMES, domainSections, generators, type Sections } from "./domains.js";

export interface PlannedRun {
  readonly id: string;
  /** A whole run config. */
  readonly config: Sections;
}

type Objective = string | Readonly<Record<string, number>>;

interface Table {
  readonly title: string;
  readonly objectives: Readonly<Record<string, Objective>>;
  readonly repeats: number;
}

const DOMINANT = 0.6;
const OTHER = 0.2;
const MIXED = ["difficult", "separate", "novel"] as const;

/** Sets that no generator wrote can not be drawn again, so they have no consistency (the paper leaves these cells empty too). */
const STATIC: readonly Method[] = ["dev-set", "held-out-set"];

export const TABLES = {
  main: {
    title: "Nine methods on four objectives (the paper's table 1)",
    objectives: named("difficult", "separate", "novel", "consistent"),
    repeats: 5,
  },
  composites: {
    title: "Composite objectives (the paper's figure 5)",
    objectives: Object.fromEntries(
      MIXED.map((dominant) => [
        `mostly-${dominant}`,
        Object.fromEntries(MIXED.map((one) => [one, one === dominant ? DOMINANT : OTHER])),
      ]),
    ),
    repeats: 3,
  },
  personalized: { title: "Personalized (the paper's figure 4)", objectives: named("personalized"), repeats: 3 },
} satisfies Readonly<Record<string, Table>>;

export type TableName = keyof typeof TABLES;

/** The paper's swarm, and ours that is shown what was found: docs/decisions/0010. */
const SWARMS = { "data-swarm": "cluster", "data-swarm-found": "found" } as const;

/** All runs of a table, repeat by repeat: what is there after the first repeat is a whole table already. */
export function plannedRuns(name: TableName): PlannedRun[] {
  const { objectives, repeats }: Table = TABLES[name];
  const seeds = Array.from({ length: repeats }, (_, repeat) => repeat + 1);
  return seeds.flatMap((seed) =>
    DOMAIN_NAMES.flatMap((domain) =>
      Object.entries(objectives).flatMap(([label, objective]) =>
        methodSections(label).map(({ method, sections }) => ({
          id: `${name}-${domain}-${label}-${method}-${seed}`,
          config: {
            name: `${domain}-${label}-${method}`,
            seed,
            ...domainSections(domain),
            objective,
            evaluation: EVALUATION,
            ...sections,
          },
        })),
      ),
    ),
  );
}

function methodSections(objective: string): { readonly method: string; readonly sections: Sections }[] {
  const swarms = Object.entries(SWARMS).map(([method, shown]) => ({
    method,
    sections: { kind: "data-swarm", swarm: SWARM, generators: generators(shown) },
  }));
  const baselines = METHODS.filter((method) => objective !== "consistent" || !STATIC.includes(method)).map(
    (method) => ({
      method,
      sections: { kind: "baseline", baseline: { ...BASELINE, method } },
    }),
  );
  return [...swarms, ...baselines];
}

function named(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
