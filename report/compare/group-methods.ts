import type { ComparedRun } from "./compared-run.js";
import { groupBy } from "./group-by.js";
import { methodName, methodOrder, methodSearches } from "./method-names.js";
import { describeOptions, differingPlaces } from "./options.js";

/** A row of the tables. */
export interface Method {
  /** Unique: what sort of method it is, and what tells it from its variants. */
  readonly name: string;
  /** The same without what tells it from its variants. */
  readonly base: string;
  /** The options that do, where they are too long for its name; else empty. */
  readonly told: string;
  readonly searches: boolean;
  readonly runs: readonly ComparedRun[];
}

/** A longer description would make every table as wide as it. */
const LONGEST_IN_NAME = 40;

/**
 * Tells methods apart: by kind, and within a kind by the options in which its runs differ *within* a setting. Options that follow
 * the setting, such as coefficients tuned for each domain, make no variant.
 *
 * @param settingOf runs of equal settings are compared
 */
export function groupMethods(runs: readonly ComparedRun[], settingOf: (run: ComparedRun) => unknown): Method[] {
  const kinds = groupBy(runs, methodName);
  return [...kinds]
    .sort(([, one], [, other]) => methodOrder(one[0]!) - methodOrder(other[0]!))
    .flatMap(([name, ofKind]) => {
      const places = variantPlaces([...groupBy(ofKind, settingOf).values()]);
      const variants = groupBy(ofKind, ({ options }) => describeOptions(options, places));
      const numbered = [...variants.keys()].some((variant) => variant.length > LONGEST_IN_NAME);
      return [...variants]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([variant, ofVariant], index) => ({
          name: numbered ? `${name} ${index + 1}` : variant === "" ? name : `${name} (${variant})`,
          base: name,
          told: numbered ? variant : "",
          searches: methodSearches(ofVariant[0]!),
          runs: ofVariant,
        }));
    });
}

function variantPlaces(settings: readonly (readonly ComparedRun[])[]): string[] {
  const places = settings.flatMap((runs) => differingPlaces(runs.map(({ options }) => options)));
  return [...new Set(places)].sort();
}
