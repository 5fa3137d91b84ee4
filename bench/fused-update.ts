/**
 * One swarm update, files to files: ours against the authors' five passes, a two-pass way and the same fused pass in torch.
 *
 *     PYTHON=python3 npx tsx bench/fused-update.ts [--repetitions 9] [--only qwen2.5-0.5b-f32] [--folder DIR] [--out DIR]
 *
 * All ways run in turn, repetition by repetition, in two processes that stay open, on two threads each and on files that the
 * comparison has just read, so that they are in the page cache; a figure is the median over the repetitions, a ratio the
 * median of the ratios within each repetition. Outputs are compared before anything is timed. "Ours" writes files as the
 * others do; "ours + SHA-256" is the product's own output, which digests what it writes.
 */
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openFile } from "../adapters/byte-source.js";
import type { UpdateCoefficients } from "../adapters/kernel/kernel.js";
import { localOutput, type OutputFile } from "../adapters/output.js";
import { readSafetensors } from "../adapters/safetensors/reader.js";
import { fusedUpdate } from "../adapters/update/fused-update.js";
import { machineState, median, type MachineState } from "./machine.js";
import { type Timing, timed, writeFigures } from "./side-by-side.js";
import { TorchProcess } from "./torch-process.js";

process.env["UV_THREADPOOL_SIZE"] ??= "2"; // before the first file is opened

const COEFFICIENTS: UpdateCoefficients = {
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
const WAYS = ["five-pass", "ours", "two-pass", "ours + SHA-256", "fused"] as const;
type Way = (typeof WAYS)[number];

/** A file written in place, without a digest: what the torch ways do. */
async function plainOutput(path: string): Promise<OutputFile<string>> {
  const handle = await open(path, "w");
  let end = 0;
  return {
    async write(chunk) {
      const start = end;
      end += chunk.byteLength;
      for (let done = 0; done < chunk.byteLength;) {
        done += (await handle.write(chunk, done, chunk.byteLength - done, start + done)).bytesWritten;
      }
    },
    async finish() {
      await handle.close();
      return path;
    },
    async abort() {
      await handle.close();
      await rm(path);
    },
  };
}

async function ours(folder: string, output: (path: string) => Promise<OutputFile<unknown>>): Promise<Timing> {
  const { seconds, processor } = await timed(async () => {
    const [x, v, p, g, w] = (await Promise.all(
      ["x", "v", "p", "g", "w"].map(async (role) => {
        const path = join(folder, `${role}.safetensors`);
        return readSafetensors(await openFile(path), path);
      }),
    )) as [Reader, Reader, Reader, Reader, Reader];
    await fusedUpdate({ position: x, velocity: v, personalBest: p, globalBest: g, globalWorst: w }, COEFFICIENTS, {
      velocity: () => output(join(folder, "ours-velocity.safetensors")),
      position: () => output(join(folder, "ours-position.safetensors")),
    });
    await Promise.all([x, v, p, g, w].map((reader) => reader.source.close()));
  });
  return { seconds, processor };
}

type Reader = Awaited<ReturnType<typeof readSafetensors>>;

function run(way: Way, folder: string, torch: TorchProcess): Promise<Timing> {
  if (way === "ours") return ours(folder, plainOutput);
  if (way === "ours + SHA-256") return ours(folder, localOutput);
  return torch.request({ update: way, folder, coefficients: COEFFICIENTS });
}

/** Largest differences from ours. f32: 1e-7. bf16: the fused way rounds once as we do, the others round in between. */
async function checkOutputs(folder: string, type: string, torch: TorchProcess): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const way of ["five-pass", "two-pass", "fused"] as const) {
    await run(way, folder, torch);
    await run("ours", folder, torch);
    for (const result of ["velocity", "position"]) {
      const compare = [join(folder, `ours-${result}.safetensors`), join(folder, `${way}-${result}.safetensors`)];
      const answer = await torch.request<{ largest: number; differing: number }>({ compare });
      const allowed = type === "f32" ? 1e-7 : 2e-3;
      const fusedHalf = way === "fused" && type === "bf16";
      if (answer.largest > allowed || (fusedHalf && answer.differing > 1e-3)) {
        throw new Error(
          `${way} ${result} differs from ours by ${answer.largest} in ${answer.differing} of the numbers`,
        );
      }
      found[`${way} ${result}`] = answer;
    }
  }
  return found;
}

async function measure(
  { layout, type }: (typeof CASES)[number],
  root: string,
  repetitions: number,
  torch: TorchProcess,
): Promise<Measured> {
  const folder = join(root, `${layout}-${type}`);
  const { bytes } = await torch.request<{ bytes: number }>({ make: { layout, type, folder } });
  const differences = await checkOutputs(folder, type, torch);
  const timings: Record<Way, Timing>[] = [];
  const machine: MachineState[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const round: Partial<Record<Way, Timing>> = {};
    // Each round begins with another way, so that none always follows the same one.
    for (let index = 0; index < WAYS.length; index++) {
      const way = WAYS[(index + repetition) % WAYS.length]!;
      round[way] = await run(way, folder, torch);
    }
    timings.push(round as Record<Way, Timing>);
    machine.push(machineState());
  }
  await rm(folder, { recursive: true });
  const ways = WAYS.map((way) => ({
    way,
    seconds: median(timings.map((round) => round[way].seconds)),
    best: Math.min(...timings.map((round) => round[way].seconds)),
    processor: median(timings.map((round) => round[way].processor)),
    ratio: median(timings.map((round) => round[way].seconds / round.ours.seconds)),
    processorRatio: median(timings.map((round) => round[way].processor / round.ours.processor)),
  }));
  return { layout, type, bytes, repetitions, ways, differences, machine, timings };
}

interface Measured {
  readonly layout: string;
  readonly type: string;
  readonly bytes: number;
  readonly ways: readonly {
    readonly way: Way;
    readonly seconds: number;
    readonly best: number;
    readonly processor: number;
    readonly ratio: number;
    readonly processorRatio: number;
  }[];
  /** Everything else that was seen. */
  readonly [key: string]: unknown;
}

const NAMES: Record<Way, string> = {
  "five-pass": "authors' way, torch (5 passes, 12 loads)",
  "two-pass": "two passes, torch",
  fused: "fused, torch",
  ours: "ours",
  "ours + SHA-256": "ours, with SHA-256 of the outputs",
};

const { values: options } = parseArgs({
  options: {
    repetitions: { type: "string", default: "9" },
    only: { type: "string" },
    folder: { type: "string", default: join(tmpdir(), `bench-fused-update-${process.pid}`) },
    out: { type: "string", default: "build/bench" },
  },
});
const torch = new TorchProcess("bench_update.py");
try {
  const cases: Measured[] = [];
  const chosen = CASES.filter(({ layout, type }) => options.only === undefined || options.only === `${layout}-${type}`);
  for (const one of chosen) cases.push(await measure(one, options.folder, Number(options.repetitions), torch));
  const ends = await torch.end<object>();
  await writeFigures({
    out: options.out,
    name: "fused-update",
    heading: ["adapter", "way", "median s", "best s", "time / ours", "processor s", "processor / ours"],
    rows: cases.flatMap(({ layout, type, bytes, ways }) =>
      ways.map(({ way, seconds, best, processor, ratio, processorRatio }) => [
        `${layout} r16, ${(bytes / 1e6).toFixed(0)} MB ${type}`,
        NAMES[way],
        seconds.toFixed(3),
        best.toFixed(3),
        `${ratio.toFixed(2)} ×`,
        processor.toFixed(3),
        `${processorRatio.toFixed(2)} ×`,
      ]),
    ),
    measured: cases,
    versions: { ...ends, ourPeakBytes: process.resourceUsage().maxRSS * 1024 },
  });
} finally {
  await rm(options.folder, { recursive: true, force: true });
}
