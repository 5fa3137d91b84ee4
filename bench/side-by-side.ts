/** Ways to do the same work measured in turn, and how their figures are written. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../store/make-folder.js";
import { type MachineState, machineState, median, processors } from "./machine.js";

export interface Timing {
  readonly seconds: number;
  /** Processor time of all threads, in seconds. */
  readonly processor: number;
}
export type Clock = keyof Timing;

/** Ways to do the same work, by name; each does it once. */
export type Ways<Name extends string, Result extends Timing> = Readonly<Record<Name, () => Promise<Result>>>;

export interface SideBySide<Name extends string, Result extends Timing> {
  /** What each way gave before anything was measured. */
  readonly first: Readonly<Record<Name, Result>>;
  readonly rounds: readonly Readonly<Record<Name, Result>>[];
  /** Before the first round that counts and after each. */
  readonly machine: readonly MachineState[];
}

/** Times work of this process. */
export async function timed<Result>(work: () => Promise<Result>): Promise<Timing & { readonly result: Result }> {
  const processor = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const used = process.cpuUsage(processor);
  return { seconds: (performance.now() - start) / 1000, processor: (used.user + used.system) / 1e6, result };
}

/**
 * All ways once to warm up, then in turn, round by round.
 * Each round begins with another, so that none always follows the same one.
 */
export async function inTurn<Name extends string, Result extends Timing>(
  ways: Ways<Name, Result>,
  repetitions: number,
): Promise<SideBySide<Name, Result>> {
  const names = Object.keys(ways) as Name[];
  const round = async (index: number): Promise<Record<Name, Result>> => {
    const results: Partial<Record<Name, Result>> = {};
    const start = index % names.length;
    for (const name of [...names.slice(start), ...names.slice(0, start)]) results[name] = await ways[name]();
    return results as Record<Name, Result>;
  };
  const first = await round(0);
  const machine = [machineState()];
  const rounds: Record<Name, Result>[] = [];
  for (let index = 0; index < repetitions; index++) {
    rounds.push(await round(index));
    machine.push(machineState());
  }
  return { first, rounds, machine };
}

/** Median of the ratios within each round: how much more time `of` takes than `to` for as much work. */
export function ratio<Name extends string, Result extends Timing>(
  rounds: readonly Readonly<Record<Name, Result>>[],
  { of, to, clock }: { readonly of: Name; readonly to: Name; readonly clock: Clock },
  work: (result: Result) => number = () => 1,
): number {
  const time = (result: Result): number => result[clock] / work(result);
  return median(rounds.map((round) => time(round[of]) / time(round[to])));
}

/** Writes `<name>.md` and `<name>.json`, and shows the table. */
export async function writeFigures(options: {
  readonly out: string;
  readonly name: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Everything that was measured. */
  readonly measured: object;
  readonly versions: object;
}): Promise<void> {
  const { out, name, heading, rows, measured, versions } = options;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const markdown = `${[line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
  const figures = { processors: processors(), versions: { node: process.version, ...versions }, measured };
  await makeFolder(out);
  await writeFile(join(out, `${name}.md`), markdown);
  await writeFile(join(out, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  console.log(markdown);
}
