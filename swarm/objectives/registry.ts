import { composite } from "./composite.js";
import { consistent } from "./consistent.js";
import { difficult } from "./difficult.js";
import { novel, novelRanking } from "./novel.js";
import { ObjectiveError } from "./objective-error.js";
import type { Objective } from "./objective.js";
import { personalized } from "./personalized.js";
import { separate } from "./separate.js";

/** All objectives by name: what `objective` in a run config may name. */
export const objectives: ReadonlyMap<string, Objective> = new Map(
  [difficult, separate, novel, novelRanking, consistent, personalized].map((objective) => [objective.name, objective]),
);

/**
 * The objective of a run config: a name, or weights by name that sum to 1; one that has all the weight stands for itself.
 *
 * @param own the user's own objectives, by the name that the specification has for them
 * @throws ObjectiveError `UNKNOWN_OBJECTIVE`, `INVALID_WEIGHTS`
 */
export function objectiveOf(
  specification: string | Readonly<Record<string, number>>,
  own: ReadonlyMap<string, Objective> = new Map(),
): Objective {
  if (typeof specification === "string") return named(specification, own);
  const parts = Object.entries(specification).map(([name, weight]) => ({ objective: named(name, own), weight }));
  const combined = composite(parts);
  const [only, ...others] = parts.filter(({ weight }) => weight > 0);
  return only !== undefined && others.length === 0 ? only.objective : combined;
}

function named(name: string, own: ReadonlyMap<string, Objective>): Objective {
  const objective = own.get(name) ?? objectives.get(name);
  if (objective !== undefined) return objective;
  throw new ObjectiveError(
    "UNKNOWN_OBJECTIVE",
    `no objective is named "${name}"; there are ${[...objectives.keys()].join(", ")}`,
  );
}
