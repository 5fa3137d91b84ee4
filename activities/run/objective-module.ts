/** Objectives that users write, each in one file. */
import { ApplicationFailure } from "@temporalio/common";
import { z } from "zod";
import { isObjectiveModule, OBJECTIVES, type ObjectiveWeights } from "../../config/objective-schema.js";
import { ConfigError } from "../../config/config-error.js";
import type { RunConfig } from "../../config/schema.js";
import { getArtifact } from "../../store/artifacts.js";
import type { Store } from "../../store/store.js";
import { type Evaluation, questionCount } from "../../swarm/objectives/evaluation.js";
import { ObjectiveError } from "../../swarm/objectives/objective-error.js";
import type { Objective } from "../../swarm/objectives/objective.js";
import { objectiveOf } from "../../swarm/objectives/registry.js";
import type { RunInputs } from "./run-inputs.js";

const whole = z.number().int().nonnegative();
const exported = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: "a name of lower-case letters, digits and hyphens" }),
  description: z.string().min(1),
  needs: z.strictObject({
    takers: whole,
    questionSets: whole.min(1),
    seedPerformance: z.boolean(),
    relevance: z.boolean(),
  }),
  score: z.custom<Objective["score"]>((value) => typeof value === "function", { error: "a function" }),
  worth: z
    .custom<Required<Objective>["worth"]>((value) => typeof value === "function", { error: "a function" })
    .optional(),
});

/**
 * The objective that a module's text exports as its default. The module stands alone: it may import nothing beside it, since
 * workers have its text and not its folder.
 *
 * @param source what errors name
 * @throws ConfigError `INVALID_CONFIG` where the text is no module, or exports no objective, or one with a name of the product's own
 */
export async function importObjective(text: string, source: string): Promise<Objective> {
  const fail = (...problems: string[]): never => {
    throw new ConfigError("INVALID_CONFIG", source, problems);
  };
  const url = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
  const loaded: unknown = await import(url).catch((error: unknown) =>
    fail(`the module cannot be loaded: ${error instanceof Error ? error.message : String(error)}`),
  );
  const parsed = exported.safeParse((loaded as { readonly default?: unknown }).default);
  if (!parsed.success) {
    return fail(
      ...parsed.error.issues.map(({ path, message }) => `${["the default export", ...path].join(".")}: ${message}`),
    );
  }
  const { data: objective } = parsed;
  if ((OBJECTIVES as readonly string[]).includes(objective.name))
    fail(`the default export.name: ${objective.name} is one of the product's own objectives; choose another`);
  const { worth, ...rest } = objective;
  return {
    ...rest,
    score: (evaluation) => finite(objective, evaluation),
    ...(worth === undefined
      ? {}
      : { worth: (evaluation) => finiteOfEach(objective.name, worth.call(objective, evaluation), evaluation) }),
  };
}

/**
 * What a run maximises: objectives of the product and of its user.
 *
 * @param modules SHA-256 of the modules that may be imported
 * @throws ApplicationFailure `UntrustedObjective` where the store names another one; ConfigError, ObjectiveError, StoreError
 */
export async function runObjective(
  store: Store,
  { config, inputs, modules = [] }: RunWithObjective & { readonly modules?: readonly string[] | undefined },
): Promise<Objective> {
  const [unnamed] = unnamedModules(inputs, modules);
  if (unnamed !== undefined) {
    throw ApplicationFailure.nonRetryable(
      `the objective ${unnamed} is not imported: whoever started the run did not name the module that the store has for it; cancel the run and start it again from its config`,
      "UntrustedObjective",
    );
  }
  const own = new Map<string, Objective>();
  for (const [path, artifact] of Object.entries(inputs.objectives)) {
    const text = Buffer.from(await getArtifact(store, artifact)).toString("utf8");
    own.set(path, await importObjective(text, path));
  }
  return objectiveOf(config.objective, own);
}

interface RunWithObjective {
  readonly config: Pick<RunConfig, "objective">;
  readonly inputs: Pick<RunInputs, "objectives">;
}

/** Paths of the modules in a store that are none of those that somebody has named by their SHA-256. */
export function unnamedModules({ objectives }: RunWithObjective["inputs"], modules: readonly string[]): string[] {
  return Object.entries(objectives).flatMap(([path, { sha256 }]) => (modules.includes(sha256) ? [] : [path]));
}

/** The modules that an objective of a config names. */
export function modulesOf(weights: ObjectiveWeights): string[] {
  return Object.keys(weights).filter(isObjectiveModule);
}

function finite(objective: Pick<Objective, "name" | "score">, evaluation: Evaluation): number {
  const score: unknown = objective.score(evaluation);
  if (typeof score === "number" && Number.isFinite(score)) return score;
  throw new ObjectiveError(
    "INVALID_SCORE",
    `the objective ${objective.name} gave ${String(score)}, which is no finite number`,
  );
}

function finiteOfEach(name: string, values: unknown, evaluation: Evaluation): number[] {
  const count = questionCount(evaluation);
  if (Array.isArray(values) && values.length === count && values.every(Number.isFinite)) return values as number[];
  throw new ObjectiveError(
    "INVALID_SCORE",
    `the objective ${name} must give a finite number for the worth of each of ${count} questions`,
  );
}
