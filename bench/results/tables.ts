/** The tables of docs/results.md, each as the runs that it is made of. */
import { type Method, METHODS } from "../../config/baseline-schema.js";
import { BASELINE, EVALUATION } from "./budget.js";
import { broadDataFile } from "../../fixtures/domains/domain.js";
import { DOMAIN_NAMES } from "../../fixtures/domains/domains.js";
import { dataset, domainSections, expertTakers, type Sections } from "./domains.js";
import { ADVERSARIAL_SWARMS, ADVERSARIAL_SWARMS_OF_EXPERTS, COMPARED, SWARMS, type Variant } from "./variants.js";

export interface PlannedRun {
  readonly id: string;
  readonly method: string;
  /** A whole run config. */
  readonly config: Sections;
}

type Objective = string | Readonly<Record<string, number>>;

/** What is in a config for each method, beside the sections of a domain. */
type Methods = Readonly<Record<string, Sections>>;

interface Table {
  readonly title: string;
  readonly objectives: Readonly<Record<string, Objective>>;
  /** Of an objective, by its name in `objectives`. */
  readonly methods: (objective: string) => Methods;
  /** Methods whose runs are those of another table. */
  readonly taken?: { readonly from: TableName; readonly methods: readonly string[] };
  /** What replaces sections of a domain. */
  readonly sections?: (domain: string) => Sections;
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
    methods: allMethods,
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
    methods: allMethods,
    repeats: 3,
  },
  personalized: {
    title: "Personalized (the paper's figure 4)",
    objectives: named("personalized"),
    methods: allMethods,
    repeats: 3,
  },
  options: {
    title: "Options of the swarm beside the paper's defaults",
    objectives: named("difficult", "separate"),
    methods: () => SWARMS,
    taken: { from: "main", methods: Object.keys(COMPARED) },
    repeats: 3,
  },
  adversarial: {
    title: "Two swarms against each other (the paper's figures 2 and 3)",
    objectives: named("difficult"),
    methods: () => ADVERSARIAL_SWARMS,
    sections: broadTest,
    repeats: 3,
  },
  experts: {
    title: "Two swarms against each other, where the takers are experts",
    objectives: named("difficult"),
    methods: () => ADVERSARIAL_SWARMS_OF_EXPERTS,
    sections: (domain) => ({ ...broadTest(domain), takers: expertTakers(domain) }),
    repeats: 3,
  },
} satisfies Readonly<Record<TableName, Table>>;

/** Those in which two swarms are against each other. */
export const ADVERSARIAL_TABLES = ["adversarial", "experts"] as const satisfies readonly TableName[];
export type AdversarialTable = (typeof ADVERSARIAL_TABLES)[number];

export function isAdversarial(name: TableName): name is AdversarialTable {
  return (ADVERSARIAL_TABLES as readonly TableName[]).includes(name);
}

export type TableName = "main" | "composites" | "personalized" | "options" | "adversarial" | "experts";

/**
 * All runs of a table, repeat by repeat: what is there after the first repeat is a whole table already.
 *
 * @param most repeats, where that is fewer than the table has
 */
export function plannedRuns(name: TableName, most = Infinity): PlannedRun[] {
  const { objectives, methods, repeats, taken, sections: changed }: Table = TABLES[name];
  const madeFor = (method: string): string => (taken?.methods.includes(method) === true ? taken.from : name);
  const seeds = Array.from({ length: Math.min(repeats, most) }, (_, repeat) => repeat + 1);
  return seeds.flatMap((seed) =>
    DOMAIN_NAMES.flatMap((domain) =>
      Object.entries(objectives).flatMap(([label, objective]) =>
        Object.entries(methods(label)).map(([method, sections]) => ({
          id: `${madeFor(method)}-${domain}-${label}-${method}-${seed}`,
          method,
          config: {
            name: `${domain}-${label}-${method}`,
            seed,
            ...domainSections(domain),
            ...changed?.(domain),
            objective,
            evaluation: EVALUATION,
            ...sections,
          },
        })),
      ),
    ),
  );
}

/** The table that a run is of: its id begins with it. */
export function tableOf(id: string): TableName {
  return id.slice(0, id.indexOf("-")) as TableName;
}

/** Of runs that a table shows its own: what it takes from another table is that one's. */
export function ownRuns<Run extends { readonly id: string }>(name: TableName, runs: readonly Run[]): Run[] {
  return runs.filter(({ id }) => tableOf(id) === name);
}

function allMethods(objective: string): Methods {
  const baselines = METHODS.filter((method) => objective !== "consistent" || !STATIC.includes(method));
  return Object.fromEntries([
    ...(Object.keys(COMPARED) as Variant[]).map((variant) => [variant, SWARMS[variant]] as const),
    ...baselines.map((method) => [method, { kind: "baseline", baseline: { ...BASELINE, method } }] as const),
  ]);
}

function named(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

/** Questions with room: of every task in all sizes. */
function broadTest(domain: string): Sections {
  return { heldOutData: { path: dataset(broadDataFile(domain)), split: "test" } };
}
