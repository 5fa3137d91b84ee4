/** Two sides measured in turn, and how their figures are written. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type MachineState, machineState, median, processors } from "./machine.js";

export interface Timing {
  readonly seconds: number;
  /** Processor time of all threads, in seconds. */
  readonly processor: number;
}
export type Clock = keyof Timing;

export interface SideBySide<Ours extends Timing, Theirs extends Timing> {
  /** What each side gave before anything was measured. */
  readonly first: { readonly ours: Ours; readonly theirs: Theirs };
  readonly runs: readonly { readonly ours: Ours; readonly theirs: Theirs }[];
  readonly machine: { readonly before: MachineState; readonly after: MachineState };
}

/** Times work of this process. */
export async function timed<Result>(work: () => Promise<Result>): Promise<Timing & { readonly result: Result }> {
  const processor = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const used = process.cpuUsage(processor);
  return { seconds: (performance.now() - start) / 1000, processor: (used.user + used.system) / 1e6, result };
}

/** Both sides once to warm up, then in turn, repetition by repetition. */
export async function inTurn<Ours extends Timing, Theirs extends Timing>(options: {
  readonly ours: () => Promise<Ours>;
  readonly theirs: () => Promise<Theirs>;
  readonly repetitions: number;
}): Promise<SideBySide<Ours, Theirs>> {
  const pair = async () => ({ ours: await options.ours(), theirs: await options.theirs() });
  const first = await pair();
  const before = machineState();
  const runs = [];
  for (let repetition = 0; repetition < options.repetitions; repetition++) runs.push(await pair());
  return { first, runs, machine: { before, after: machineState() } };
}

/** Median of the ratios within each repetition: how much more time the other side takes for as much work. */
export function ratio<Side extends Timing>(
  runs: readonly { readonly ours: Side; readonly theirs: Side }[],
  clock: Clock,
  work: (side: Side) => number = () => 1,
): number {
  return median(runs.map(({ ours, theirs }) => theirs[clock] / work(theirs) / (ours[clock] / work(ours))));
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
  await mkdir(out, { recursive: true });
  await writeFile(join(out, `${name}.md`), markdown);
  await writeFile(join(out, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  console.log(markdown);
}
