/** What the search maximises: one of the objectives of section 2.2, or a weighted mix (section 5). */
import { chosenBy, decimal, oneOf, section } from "./fields.js";

export const OBJECTIVES = ["difficult", "separate", "novel", "novel-ranking", "consistent", "personalized"] as const;
export type ObjectiveName = (typeof OBJECTIVES)[number];

/** Weights by name, all above 0, that sum to 1. One objective alone has weight 1. */
export type ObjectiveWeights = { readonly [Name in ObjectiveName]?: number };

const weight = decimal({ above: 0, to: 1 }).optional();
const weights = section(Object.fromEntries(OBJECTIVES.map((one) => [one, weight]))).refine(sumsToOne, {
  error: "the weights must sum to 1",
});
const named = oneOf(OBJECTIVES).transform((one): ObjectiveWeights => ({ [one]: 1 }));

export const objectiveSchema = chosenBy<ObjectiveWeights>((value) =>
  typeof value === "object" && value !== null ? weights : named,
);

function sumsToOne(given: Readonly<Record<string, unknown>>): boolean {
  const sum = Object.values(given).reduce<number>((total, one) => total + (typeof one === "number" ? one : 0), 0);
  return Math.abs(sum - 1) < 1e-9;
}
