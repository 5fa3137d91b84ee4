/**
 * One swarm update, files to files: ours against the authors' five passes, a two-pass way and the same fused pass in torch.
 *
 *     PYTHON=python3 npx tsx bench/fused-update.ts [--cold] [--repetitions 9] [--only qwen2.5-0.5b-f32] [--folder DIR]
 *         [--out DIR]
 *
 * All ways run in turn, round by round, in two processes that stay open, on two threads each, on files that the comparison
 * has just read, so that they are in the page cache; with `--cold` everything is written to the disk and the inputs leave
 * the page cache before each run, which is not counted. A figure is the median over the rounds, a ratio the median of the
 * ratios within each round. Outputs are compared before anything is timed. "Ours" writes files as the others do; "ours +
 * SHA-256" is the product's own output, which digests what it writes.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { localOutput, type OutputFile } from "../adapters/output.js";
import { fusedUpdate } from "../adapters/update/fused-update.js";
import { distinctReaders } from "../adapters/update/plan.js";
import { plainOutput } from "./plain-output.js";
import { type Timing, timed } from "./side-by-side.js";
import {
  COEFFICIENTS,
  measureUpdates,
  openInputs,
  type PreparedWays,
  type TorchWay,
  UPDATE_OPTIONS,
  type UpdateCase,
} from "./update-bench.js";

process.env["UV_THREADPOOL_SIZE"] ??= "2"; // before the first file is opened

const NAMES = {
  "five-pass": "authors' way, torch (5 passes, 12 loads)",
  ours: "ours",
  "two-pass": "two passes, torch",
  "ours + SHA-256": "ours, with SHA-256 of the outputs",
  fused: "fused, torch",
};

function ours(folder: string, output: (path: string) => Promise<OutputFile<unknown>>): Promise<Timing> {
  return timed(async () => {
    const inputs = await openInputs(folder);
    await fusedUpdate(inputs, COEFFICIENTS, {
      velocity: () => output(join(folder, "ours-velocity.safetensors")),
      position: () => output(join(folder, "ours-position.safetensors")),
    });
    await Promise.all(distinctReaders(inputs).map(({ source }) => source.close()));
  });
}

async function prepare({ folder, torch }: UpdateCase): Promise<PreparedWays<keyof typeof NAMES>> {
  const theirs = (way: TorchWay) => () =>
    torch.request<Timing>({ do: "update", folder, way, coefficients: COEFFICIENTS });
  await ours(folder, plainOutput);
  const run = (way: () => Promise<Timing>) => async (): Promise<Timing> => {
    if (options.cold) await torch.request({ do: "drop", folder });
    return way();
  };
  const ways = {
    "five-pass": run(theirs("five-pass")),
    ours: run(() => ours(folder, plainOutput)),
    "two-pass": run(theirs("two-pass")),
    "ours + SHA-256": run(() => ours(folder, localOutput)),
    fused: run(theirs("fused")),
  };
  return { ways, results: "files" };
}

const { values: options } = parseArgs({
  options: { ...UPDATE_OPTIONS, cold: { type: "boolean", default: false } },
});
await measureUpdates({ ...options, name: options.cold ? "fused-update-cold" : "fused-update", names: NAMES }, prepare);
