/** What the measurements of the swarm update share: cases, coefficients, files, the comparison of results, the table. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openFile } from "../adapters/byte-source.js";
import type { UpdateCoefficients } from "../adapters/kernel/kernel.js";
import { readSafetensors, type SafetensorsReader } from "../adapters/safetensors/reader.js";
import type { UpdateInputs } from "../adapters/update/plan.js";
import { median } from "./machine.js";
import { PythonProcess } from "./python-process.js";
import { type Clock, inTurn, ratio, type SideBySide, type Timing, type Ways, writeFigures } from "./side-by-side.js";

export const COEFFICIENTS: UpdateCoefficients = {
  velocity: 0.19,
  personalBest: 0.31,
  globalBest: 0.37,
  globalWorst: 0.13,
  stepLength: 0.5,
};
const CASES = [
  { layout: "qwen2.5-0.5b", type: "f32" },
  { layout: "gemma-2-9b", type: "f32" },
  { layout: "gemma-2-9b", type: "bf16" },
] as const;

/** The other side's ways. Their results are called `<way>-velocity` and `<way>-position`, ours `ours-…`. */
const TORCH_WAYS = ["five-pass", "two-pass", "fused"] as const;
export type TorchWay = (typeof TORCH_WAYS)[number];
const RESULTS = ["velocity", "position"] as const;

/** One case, whose inputs lie in `folder` as `x.safetensors` and so on. */
export interface UpdateCase {
  readonly folder: string;
  readonly type: "f32" | "bf16";
  readonly torch: PythonProcess;
}

/** For `parseArgs`. */
export const UPDATE_OPTIONS = {
  repetitions: { type: "string", default: "9" },
  only: { type: "string" },
  folder: { type: "string", default: `build/bench/files-${process.pid}` },
  out: { type: "string", default: "build/bench" },
} as const;

/** Opens the inputs of an update. Their sources are for the caller to close. */
export async function openInputs(folder: string): Promise<UpdateInputs> {
  const open = async (role: string): Promise<SafetensorsReader> => {
    const path = join(folder, `${role}.safetensors`);
    return readSafetensors(await openFile(path), path);
  };
  const [position, velocity, personalBest, globalBest, globalWorst] = await Promise.all([
    open("x"),
    open("v"),
    open("p"),
    open("g"),
    open("w"),
  ]);
  return { position, velocity, personalBest, globalBest, globalWorst };
}

/**
 * Largest differences of a way's results from ours, whose files are there.
 * f32: 1e-7 is allowed. bf16: the fused way rounds once as we do, the others round in between.
 */
async function differences(
  { folder, type, torch }: UpdateCase,
  way: TorchWay,
  where: PreparedWays<TorchWay>["results"],
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const result of RESULTS) {
    const names = [`ours-${result}`, `${way}-${result}`];
    const request = { do: "compare", folder, names, in: where };
    const answer = await torch.request<{ largest: number; differing: number }>(request);
    const { largest, differing } = answer;
    const fusedHalf = way === "fused" && type === "bf16";
    if (largest > (type === "f32" ? 1e-7 : 2e-3) || (fusedHalf && differing > 1e-3)) {
      throw new Error(`${way} ${result} differs from ours by ${largest} in ${differing} of the numbers`);
    }
    found[`${way} ${result}`] = answer;
  }
  return found;
}

/** What is measured of one case. */
export interface PreparedWays<Way extends string> {
  readonly ways: Ways<Way | TorchWay | "ours", Timing>;
  /** Where torch leaves its results. Ours are in files already. */
  readonly results: "files" | "memory";
}

/** Compares what the ways compute, then measures them in turn, for every case, and writes their table. */
export async function measureUpdates<Way extends string>(
  options: {
    readonly repetitions: string;
    readonly only?: string | undefined;
    readonly folder: string;
    readonly out: string;
    /** Of the table. */
    readonly name: string;
    readonly names: Readonly<Record<Way | TorchWay | "ours", string>>;
  },
  prepare: (one: UpdateCase) => Promise<PreparedWays<Way>>,
): Promise<void> {
  const torch = new PythonProcess("bench_update.py");
  try {
    const measured = [];
    for (const { layout, type } of CASES) {
      if (options.only !== undefined && options.only !== `${layout}-${type}`) continue;
      const folder = join(options.folder, `${layout}-${type}`);
      const { bytes } = await torch.request<{ bytes: number }>({ do: "make", folder, layout, type });
      const one: UpdateCase = { folder, type, torch };
      const { ways, results } = await prepare(one);
      const found: object[] = [];
      for (const way of TORCH_WAYS) {
        await ways[way]();
        found.push(await differences(one, way, results));
      }
      const sides = await inTurn(ways, Number(options.repetitions));
      await rm(folder, { recursive: true });
      measured.push({ label: `${layout} r16, ${(bytes / 1e6).toFixed(0)} MB ${type}`, differences: found, ...sides });
    }
    await writeFigures({
      out: options.out,
      name: options.name,
      heading: ["adapter", "way", "median s", "best s", "time / ours", "processor s", "processor / ours"],
      rows: measured.flatMap(({ label, rounds }) => rows(label, rounds, options.names)),
      measured,
      versions: { ...(await torch.end<object>()), ourPeakBytes: process.resourceUsage().maxRSS * 1024 },
    });
  } finally {
    await rm(options.folder, { recursive: true, force: true });
  }
}

function rows<Way extends string>(
  label: string,
  rounds: SideBySide<Way | "ours", Timing>["rounds"],
  names: Readonly<Record<Way | "ours", string>>,
): string[][] {
  return (Object.keys(names) as (Way | "ours")[]).map((way) => {
    const middle = (clock: Clock): string => median(rounds.map((round) => round[way][clock])).toFixed(3);
    const over = (clock: Clock): string => `${ratio(rounds, { of: way, to: "ours", clock }).toFixed(2)} ×`;
    const best = Math.min(...rounds.map((round) => round[way].seconds)).toFixed(3);
    return [label, names[way], middle("seconds"), best, over("seconds"), middle("processor"), over("processor")];
  });
}
