/** Rules of a run config that concern more than one of its sections. */
import type { z } from "zod";
import { FIXED_SETS, type Method, METHODS_IN_ROUNDS } from "./baseline-schema.js";
import { printPath } from "./describe-issues.js";
import { LONGEST_ID, type TakerConfig } from "./model-schema.js";
import type { ObjectiveWeights } from "./objective-schema.js";
import { particleCount } from "./particle-count.js";
import type { SampleFrom } from "./sample-from.js";
import { SEARCH_SUFFIX_LENGTH, type SearchConfig } from "./search-schema.js";

interface Together {
  readonly takers: readonly TakerConfig[];
  readonly unseenTakers: readonly TakerConfig[];
  readonly objective: ObjectiveWeights;
  readonly userQueries?: string | undefined;
  readonly generators: {
    readonly clusters: number;
    readonly includeBase?: boolean | undefined;
    readonly sampling: { readonly from: SampleFrom; readonly elite?: object | undefined };
  };
  readonly id?: string | undefined;
  readonly swarm?: {
    readonly startVelocity: string;
    readonly stepDecay?: { readonly floor: number } | undefined;
    readonly retune?: object | undefined;
  };
  readonly search?: SearchConfig | undefined;
  readonly baseline?: {
    readonly method: Method;
    readonly questionsPerRound: number;
    readonly population?: number | undefined;
  };
  readonly heldOutData?: unknown;
}

export function checkTogether(config: Together, context: z.core.$RefinementCtx): void {
  const problem = (path: readonly PropertyKey[], message: string): void =>
    context.addIssue({ code: "custom", path: [...path], message });
  const { takers, unseenTakers, objective } = config;

  const names = new Map<string, string>();
  const places = [
    ...takers.map((_, index) => ["takers", index]),
    ...unseenTakers.map((_, index) => ["unseenTakers", index]),
  ];
  [...takers, ...unseenTakers].forEach(({ name }, index) => {
    const place = [...places[index]!, "name"];
    const earlier = names.get(name);
    if (earlier !== undefined) problem(place, `${name} is the name of ${earlier} too; every taker has its own`);
    else names.set(name, printPath(places[index]!));
  });

  for (const compared of ["separate", "novel", "novel-ranking"] as const) {
    if (objective[compared] !== undefined && takers.length < 2) {
      problem(["takers"], `the objective ${compared} compares takers, so it needs at least two of them`);
    }
    if (objective[compared] !== undefined && unseenTakers.length === 1) {
      problem(
        ["unseenTakers"],
        `the objective ${compared} compares takers, so it needs at least two unseen ones, or none`,
      );
    }
  }
  if (objective.personalized !== undefined && config.userQueries === undefined) {
    problem(["userQueries"], "missing; the objective personalized compares with the queries of users in this file");
  }
  if (config.swarm?.startVelocity === "random" && particleCount(config.generators) < 2) {
    problem(["swarm", "startVelocity"], "random is towards another particle, so it needs at least two of them");
  }
  if (config.swarm?.retune !== undefined && config.generators.sampling.from !== "found") {
    problem(
      ["swarm", "retune"],
      `learns from what was found, so generators.sampling.from must be found, not ${config.generators.sampling.from}`,
    );
  }
  if (config.generators.sampling.elite !== undefined && config.generators.sampling.from !== "found") {
    problem(
      ["generators", "sampling", "elite"],
      `is of what was found, so generators.sampling.from must be found, not ${config.generators.sampling.from}`,
    );
  }
  if (config.search !== undefined) checkSearch(config.search, config, problem);
  if (config.baseline !== undefined) checkBaseline(config.baseline, config, problem);
}

function checkSearch(
  { grid }: SearchConfig,
  { id, swarm }: Together,
  problem: (path: readonly PropertyKey[], message: string) => void,
): void {
  const longest = LONGEST_ID - SEARCH_SUFFIX_LENGTH;
  if (id !== undefined && id.length > longest) {
    problem(["id"], `must have ${longest} characters or fewer, since the runs of the search add their numbers to it`);
  }
  const floor = swarm?.stepDecay?.floor;
  const below = floor === undefined ? undefined : grid.stepLength.find((stepLength) => stepLength < floor);
  if (below !== undefined) {
    problem(["swarm", "stepDecay", "floor"], `must not be above any stepLength of search.grid (${below})`);
  }
}

/** Question sets of `consistent`, with two questions each: leaving one out leaves all of them. */
const FEWEST_FOR_CONSISTENT = 8;

function checkBaseline(
  { method, questionsPerRound, population }: NonNullable<Together["baseline"]>,
  { objective, heldOutData }: Together,
  problem: (path: readonly PropertyKey[], message: string) => void,
): void {
  if (method === "held-out-set" && heldOutData === undefined) {
    problem(["heldOutData"], "missing; the method held-out-set takes its questions from there");
  }
  if (objective.consistent === undefined) return;
  if (FIXED_SETS.includes(method)) {
    problem(
      ["objective"],
      `consistent compares question sets of one generator, and ${method} is one fixed set (Data Swarms, table 1); choose another objective or method`,
    );
  }
  const sizes = { questionsPerRound, ...(method === "prompt-breeder" ? { population } : {}) };
  for (const [name, size] of Object.entries(sizes)) {
    if (METHODS_IN_ROUNDS.includes(method) && size !== undefined && size < FEWEST_FOR_CONSISTENT) {
      problem(["baseline", name], `must be ${FEWEST_FOR_CONSISTENT} or more for the objective consistent`);
    }
  }
}
