import { measureCell, type CellOptions } from "./cell.js";
import type { ComparedRun } from "./compared-run.js";
import type { Comparison, ComparedSetting, UnseenSetting } from "./comparison.js";
import { compareCosts } from "./cost.js";
import { distinctRepeats } from "./distinct-repeats.js";
import { groupBy } from "./group-by.js";
import { groupMethods, type Method } from "./group-methods.js";
import { groupSettings, type Setting } from "./group-settings.js";
import { compareQuestions } from "./question-measures.js";
import { testBest } from "./significance.js";
import { compareTransfer } from "./transfer.js";
import { repeatWarnings, settingWarnings } from "./warnings.js";
import { countWinners } from "./winners.js";

const RESAMPLES = 1000;
const SIGNIFICANT = 0.05;

interface Grid {
  readonly settings: readonly Setting[];
  readonly methods: readonly Method[];
}

/** Puts finished runs side by side: settings, methods in them, and repeats of a method, which differ in their seeds alone. */
export function compareRuns(
  runs: readonly ComparedRun[],
  { resamples = RESAMPLES }: { readonly resamples?: number } = {},
): Comparison {
  const given = groupGrid(runs);
  const { counted, warnings: repeated } = dropSameSeeds(given);
  const grid = groupGrid(counted);
  const settings = grid.settings.map((setting) => compareSetting(setting, grid.methods, resamples));
  return {
    runs: counted.length,
    methods: grid.methods.map(({ name }) => name),
    variants: grid.methods.flatMap(({ name, told }) => (told === "" ? [] : [{ method: name, options: told }])),
    settings,
    unseen: compareUnseen(counted, grid.methods, resamples),
    transfer: compareTransfer(grid),
    bestIn: bestIn(settings, grid.methods),
    warnings: [...repeated, ...settingWarnings(settings, grid.methods)],
    resamples,
  };
}

function groupGrid(runs: readonly ComparedRun[]): Grid {
  const settings = groupSettings(runs);
  const settingOf = new Map(settings.flatMap((setting) => setting.runs.map((run) => [run, setting] as const)));
  return { settings, methods: groupMethods(runs, (run) => settingOf.get(run)) };
}

function dropSameSeeds({ settings, methods }: Grid): { readonly counted: ComparedRun[]; readonly warnings: string[] } {
  const groups = settings.flatMap((setting) =>
    methods.map((method) => ({ setting, method, ...distinctRepeats(runsIn(setting, method)) })),
  );
  return {
    counted: groups.flatMap(({ repeats }) => repeats),
    warnings: groups.flatMap(repeatWarnings),
  };
}

function runsIn(setting: Pick<Setting, "runs">, method: Method): ComparedRun[] {
  const ofMethod = new Set(method.runs);
  return setting.runs.filter((run) => ofMethod.has(run));
}

function compareSetting(setting: Setting, methods: readonly Method[], resamples: number): ComparedSetting {
  const options = { resamples, measurementOf: ({ search }: ComparedRun) => search, searchedOf: searched };
  const measured = measureSetting(setting, methods, options);
  const means = new Map(measured.cells.map(({ method, mean }) => [method, mean]));
  const present = methods
    .map((method) => ({ method, runs: runsIn(setting, method) }))
    .filter(({ runs }) => runs.length > 0);
  return {
    ...measured,
    questions: present.map(({ method: { name }, runs }) => compareQuestions(name, runs)),
    winners: present.flatMap(({ method: { name }, runs }) => countWinners(name, runs) ?? []),
    cost: compareCosts(
      present.map(({ method: { name, base }, runs }) => ({ method: name, base, mean: means.get(name) ?? null, runs })),
    ),
  };
}

/** Settings of the unseen test takers: those of the search, told apart by who the unseen ones are too. */
function compareUnseen(runs: readonly ComparedRun[], methods: readonly Method[], resamples: number): UnseenSetting[] {
  const measured = runs.filter(({ unseen }) => unseen !== null);
  const options = { resamples, measurementOf: ({ unseen }: ComparedRun) => unseen, searchedOf: () => null };
  return groupSettings(measured, ({ unseenTakers }) => unseenTakers).map((setting) =>
    measureSetting(setting, methods, options),
  );
}

function measureSetting(setting: Setting, methods: readonly Method[], options: CellOptions): UnseenSetting {
  const { domain, objective, family, variant } = setting;
  const measured = methods.flatMap((method) => {
    const runs = runsIn(setting, method);
    return runs.length === 0 ? [] : [measureCell(method.name, runs, options)];
  });
  return {
    domain,
    objective,
    family,
    variant,
    cells: measured.map(({ cell }) => cell),
    test: testBest(measured, objective),
  };
}

function searched(run: ComparedRun): number | null {
  return run.searched;
}

function bestIn(settings: readonly ComparedSetting[], methods: readonly Method[]): Comparison["bestIn"] {
  const tests = groupBy(
    settings.flatMap(({ test }) => (test === null ? [] : [test])),
    ({ best }) => best,
  );
  return methods.flatMap(({ name }) => {
    const won = tests.get(name) ?? [];
    const significant = won.filter((test) => test[test.starsBy].pValue < SIGNIFICANT).length;
    return won.length === 0 ? [] : [{ method: name, settings: won.length, significant }];
  });
}
