/** Rows and columns of a table of transfer. */
import { novelRanking } from "../../swarm/objectives/novel.js";
import type { Objective } from "../../swarm/objectives/objective.js";
import { objectives as productObjectives } from "../../swarm/objectives/registry.js";
import type { ComparedRun } from "./compared-run.js";
import type { Method } from "./group-methods.js";
import { type Setting, settingName } from "./group-settings.js";
import { DATA_SWARMS, REFERENCE } from "./method-names.js";

export interface Column {
  readonly name: string;
  readonly objective: Objective;
  /** Runs that were optimised for it, or measured on it. */
  readonly ownRuns: ReadonlySet<ComparedRun>;
}

export interface Row {
  readonly method: string;
  readonly optimisedFor: string | null;
  readonly runs: readonly ComparedRun[];
}

/** The product's objectives, then users' own by the settings that are of them. */
export function columnsOf(settings: readonly Setting[]): Column[] {
  const single = settings.filter(({ family }) => family !== "composite");
  const known = [...productObjectives.values()]
    .map((objective) => ({
      name: objective.name,
      objective,
      ownRuns: new Set(single.filter((setting) => setting.objective === objective.name).flatMap(({ runs }) => runs)),
    }))
    // Novelty in another form: a column only where a run was measured on it.
    .filter(({ objective, ownRuns }) => objective !== novelRanking || ownRuns.size > 0);
  const users = single
    .filter(({ objective }) => !productObjectives.has(objective))
    .map((setting) => ({
      name: settingName(setting),
      objective: setting.runs[0]!.objective,
      ownRuns: new Set(setting.runs),
    }));
  return [...known, ...users];
}

/** What no objective guided, where it was measured as a method. */
export function referenceRows(methods: readonly Method[], inBlock: ReadonlySet<ComparedRun>): Row[] {
  return methods
    .filter(({ base }) => base === REFERENCE)
    .map(({ name, runs }) => ({
      method: name,
      optimisedFor: null,
      runs: runs.filter((run) => inBlock.has(run)),
    }));
}

/** Data Swarms and its variants, by what they were optimised for. */
export function optimisedRows(methods: readonly Method[], settings: readonly Setting[]): Row[] {
  const swarms = methods.filter(({ base }) => base === DATA_SWARMS);
  return settings.flatMap((setting) =>
    swarms.flatMap(({ name, runs }) => {
      const ofMethod = new Set(runs);
      const inBoth = setting.runs.filter((run) => ofMethod.has(run));
      return inBoth.length === 0 ? [] : [{ method: name, optimisedFor: settingName(setting), runs: inBoth }];
    }),
  );
}
