import * as format from "../format.js";
import type { Cell } from "./cell.js";
import type { ComparedRun } from "./compared-run.js";
import type { ComparedSetting } from "./comparison.js";
import { groupBy } from "./group-by.js";
import type { Method } from "./group-methods.js";
import { settingName, type Setting } from "./group-settings.js";
import { starsRestOnFixedRepeats } from "./significance.js";

/** Question budgets that differ by less than this factor count as equal: invalid questions are drawn again. */
const EQUAL_BUDGET = 1.1;

/** Runs that are left out because another one has their seed. */
export function repeatWarnings({
  setting,
  method,
  sameSeed,
}: {
  readonly setting: Setting;
  readonly method: Method;
  readonly sameSeed: readonly { readonly left: ComparedRun; readonly counted: ComparedRun }[];
}): string[] {
  return sameSeed.map(
    ({ left, counted }) =>
      `${placeOf(setting)}: ${left.runId} is left out, for it has the seed ${left.seed} of ${counted.runId} (${method.name}): the same experiment is no repeat`,
  );
}

/** What to know before one reads the tables. */
export function settingWarnings(settings: readonly ComparedSetting[], methods: readonly Method[]): string[] {
  const searching = new Set(methods.filter(({ searches }) => searches).map(({ name }) => name));
  return [
    ...differentlyMeasured(settings),
    ...settings.flatMap((setting) =>
      [
        ...setting.cells.map(withoutScore),
        unequalRepeats(setting),
        unequalBudgets(setting, searching),
        unequalQuestions(setting),
        aloneIn(setting),
        fixedRepeats(setting),
      ].flatMap((problem) => (problem === undefined ? [] : [`${placeOf(setting)}: ${problem}`])),
    ),
  ];
}

function differentlyMeasured(settings: readonly ComparedSetting[]): string[] {
  const alike = groupBy(settings, ({ domain, objective }) => `${domain}, ${objective}`);
  return [...alike].flatMap(([place, variants]) =>
    variants.length < 2
      ? []
      : [
          `${place}: runs were measured in ${variants.length} ways that are not compared with each other: ` +
            variants.map(({ variant }) => variant).join(" | "),
        ],
  );
}

function withoutScore({ method, repeats }: Cell): string | undefined {
  const missing = repeats.filter(({ score }) => score === null);
  if (missing.length === 0) return undefined;
  const names = missing.map(({ runId }) => runId).join(", ");
  return `${method}: ${missing.length} of ${repeats.length} repeats without a score, which are in no mean (${names})`;
}

function unequalRepeats({ cells }: ComparedSetting): string | undefined {
  return listUnlessEqual(
    "methods have unequal numbers of repeats",
    cells.map(({ method, repeats }) => [method, repeats.length]),
  );
}

function unequalBudgets({ cost: { methods } }: ComparedSetting, searching: ReadonlySet<string>): string | undefined {
  const spent = methods
    .filter(({ method }) => searching.has(method))
    .map(({ method, perRun }) => [method, perRun.questions] as const);
  return listUnlessEqual("methods that search drew unequal numbers of questions a run", spent, EQUAL_BUDGET);
}

function unequalQuestions({ cells }: ComparedSetting): string | undefined {
  const graded = cells.flatMap(({ method, repeats }) =>
    repeats.flatMap(({ score, questions }) => (score === null ? [] : [[method, questions] as const])),
  );
  const fewest = [...groupBy(graded, ([method]) => method)].map(
    ([method, each]) => [method, Math.min(...each.map(([, questions]) => questions))] as const,
  );
  const most = Math.max(...graded.map(([, questions]) => questions));
  const fewer = fewest.filter(([, questions]) => questions < most);
  if (fewer.length === 0) return undefined;
  return `scores rest on unequal numbers of fresh questions, up to ${most}, and fewest of ${list(fewer)}`;
}

function aloneIn({ cells }: ComparedSetting): string | undefined {
  return cells.length > 1 ? undefined : `there is no other method to compare ${cells[0]?.method ?? "anything"} with`;
}

function fixedRepeats({ test, cells }: ComparedSetting): string | undefined {
  if (test === null) return undefined;
  const single = cells
    .filter(({ method }) => [test.best, test.second].includes(method))
    .filter(({ repeats }) => repeats.filter(({ score }) => score !== null).length === 1)
    .map(({ method }) => method);
  if (single.length > 0)
    return `the test says nothing of other seeds of what has one repeat only: ${single.join(", ")}`;
  if (!starsRestOnFixedRepeats(test)) return undefined;
  return `the stars are of the z-test, which takes repeats as they are; over repeats ${test.best} is not above ${test.second} (${format.probability(test.overRepeats.pValue)})`;
}

function listUnlessEqual(
  what: string,
  numbers: readonly (readonly [method: string, number: number])[],
  factor = 1,
): string | undefined {
  const values = numbers.map(([, number]) => number);
  if (values.length < 2 || Math.max(...values) <= factor * Math.min(...values)) return undefined;
  return `${what}: ${list(numbers)}`;
}

function list(numbers: readonly (readonly [method: string, number: number])[]): string {
  return numbers.map(([method, number]) => `${method} ${format.count(number)}`).join(", ");
}

function placeOf(setting: Pick<Setting, "domain" | "objective" | "variant">): string {
  return `${setting.domain}, ${settingName(setting)}`;
}
