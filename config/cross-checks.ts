/** Rules of a run config that concern more than one of its sections. */
import type { z } from "zod";
import { printPath } from "./describe-issues.js";
import type { TakerConfig } from "./model-schema.js";
import type { ObjectiveWeights } from "./objective-schema.js";

interface Together {
  readonly takers: readonly TakerConfig[];
  readonly unseenTakers: readonly TakerConfig[];
  readonly objective: ObjectiveWeights;
  readonly userQueries?: string | undefined;
  readonly generators: { readonly clusters: number };
  readonly swarm?: { readonly startVelocity: string };
  readonly baseline?: { readonly method: string };
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
  if (config.swarm?.startVelocity === "random" && config.generators.clusters < 2) {
    problem(["swarm", "startVelocity"], "random is towards another particle, so it needs at least two clusters");
  }
  if (config.baseline?.method === "held-out-set" && config.heldOutData === undefined) {
    problem(["heldOutData"], "missing; the method held-out-set takes its questions from there");
  }
}
