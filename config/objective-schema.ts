/** What the search maximises: one of the objectives of section 2.2, one of the user's own, or a weighted mix (section 5). */
import { chosenBy, decimal, isRecord, oneOf, section, text } from "./fields.js";

export const OBJECTIVES = ["difficult", "separate", "novel", "novel-ranking", "consistent", "personalized"] as const;

/** Weights by name or path of a module, all above 0, that sum to 1. One objective alone has weight 1. */
export type ObjectiveWeights = Readonly<Record<string, number>>;

const weight = decimal({ above: 0, to: 1 }).optional();
const alone = (one: string): ObjectiveWeights => ({ [one]: 1 });
const named = oneOf(OBJECTIVES).transform(alone);
const ownModule = text("the path of a module").transform(alone);

export const objectiveSchema = chosenBy<ObjectiveWeights>((value) => {
  if (isRecord(value)) return weights(Object.keys(value).filter(isObjectiveModule));
  return typeof value === "string" && isObjectiveModule(value) ? ownModule : named;
});

/** Whether an objective is a module of the user's own: an ECMAScript module whose default export is an `Objective`. */
export function isObjectiveModule(name: string): boolean {
  return name.endsWith(".mjs");
}

/** The same weights with what `rename` makes of each module's path. */
export function renameModules(weights: ObjectiveWeights, rename: (path: string) => string): ObjectiveWeights {
  const entries = Object.entries(weights);
  return Object.fromEntries(entries.map(([name, weight]) => [isObjectiveModule(name) ? rename(name) : name, weight]));
}

function weights(modules: readonly string[]) {
  return section(Object.fromEntries([...OBJECTIVES, ...modules].map((one) => [one, weight])))
    .refine(sumsToOne, { error: "the weights must sum to 1" })
    .transform((given) => given as ObjectiveWeights);
}

function sumsToOne(given: Readonly<Record<string, unknown>>): boolean {
  const sum = Object.values(given).reduce<number>((total, one) => total + (typeof one === "number" ? one : 0), 0);
  return Math.abs(sum - 1) < 1e-9;
}
