import { canonicalJson } from "../../config/canonical-json.js";
import { objectives } from "../../swarm/objectives/registry.js";
import type { ComparedRun, Options } from "./compared-run.js";
import { groupBy } from "./group-by.js";
import { describeOptions, differingPlaces } from "./options.js";

/** Which of the paper's comparisons a setting belongs to: tables 1 to 3, figure 4, figure 5. */
export type SettingFamily = "single" | "personalized" | "composite";

/** Runs that were measured alike: a column of the tables. */
export interface Setting {
  readonly domain: string;
  /** The objective's name, or the weighted mean's. */
  readonly objective: string;
  readonly family: SettingFamily;
  /** What tells it from other settings of this domain and objective; empty where there are none. */
  readonly variant: string;
  readonly runs: readonly ComparedRun[];
}

/** Splits runs by what was measured, in the order of domains and objectives. `measuredOf` adds to the config's own. */
export function groupSettings(
  runs: readonly ComparedRun[],
  measuredOf: (run: ComparedRun) => Options = () => ({}),
): Setting[] {
  const measured = (run: ComparedRun): Options => ({ ...run.measured, ...measuredOf(run) });
  const alike = groupBy(runs, (run) => canonicalJson([run.domain, run.objective.name]));
  return [...alike.values()]
    .flatMap((ofPair) => {
      const places = differingPlaces(ofPair.map(measured));
      const settings = groupBy(ofPair, (run) => canonicalJson(measured(run)));
      return [...settings.values()].map((inSetting) => describe(inSetting, measured, places));
    })
    .sort(inOrder);
}

function describe(
  runs: readonly ComparedRun[],
  measured: (run: ComparedRun) => Options,
  places: readonly string[],
): Setting {
  const run = runs[0]!;
  const objective = run.objective.name;
  return {
    domain: run.domain,
    objective,
    family: run.isComposite ? "composite" : objective === "personalized" ? "personalized" : "single",
    variant: describeOptions(measured(run), places),
    runs,
  };
}

/** `difficult`, or `difficult (freshQuestions: 200)` where it is not the only one of its domain. */
export function settingName({ objective, variant }: Pick<Setting, "objective" | "variant">): string {
  return variant === "" ? objective : `${objective} (${variant})`;
}

function inOrder(one: Setting, other: Setting): number {
  return (
    compareText(one.domain, other.domain) ||
    objectiveOrder(one) - objectiveOrder(other) ||
    compareText(one.objective, other.objective) ||
    compareText(one.variant, other.variant)
  );
}

/** As the product lists them, then users' own, weighted means last. */
function objectiveOrder({ objective, family }: Setting): number {
  const place = [...objectives.keys()].indexOf(objective);
  if (place >= 0) return place;
  return objectives.size + (family === "composite" ? 1 : 0);
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
