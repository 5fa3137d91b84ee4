/**
 * The arithmetic of one swarm update alone, memory to memory: ours against the authors' five passes, a two-pass way and a
 * fused way in torch.
 *
 *     PYTHON=python3 npx tsx bench/update-kernel.ts [--repetitions 9] [--only qwen2.5-0.5b-f32] [--folder DIR] [--out DIR]
 *
 * All inputs lie in memory and all results stay there, in two processes that stay open. Ours is the code that the update of
 * files runs, piece by piece, on one thread: there the others read and write. torch has two; its fused way computes all of a
 * tensor before the next and needs no memory but that of the results. All ways run in turn, round by round. A figure is the
 * median over the rounds, a ratio the median of the ratios within each. Results are compared before anything is timed.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readInto } from "../adapters/byte-source.js";
import { elementSize } from "../adapters/element-type.js";
import { createSimdKernel } from "../adapters/kernel/simd.js";
import { encodeHeader } from "../adapters/safetensors/header.js";
import { computePiece, planMemory } from "../adapters/update/compute.js";
import { DEFAULT_CHUNK_BYTES } from "../adapters/update/fused-update.js";
import { distinctReaders, type Piece, planPieces } from "../adapters/update/plan.js";
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

const NAMES = {
  "five-pass": "authors' way, torch (5 passes)",
  ours: "ours, one thread",
  "two-pass": "two passes, torch",
  fused: "fused, torch, in place",
};

/** The inputs in the memory of a kernel: a slot for every piece. */
async function loadKernel(folder: string) {
  const inputs = await openInputs(folder);
  const readers = distinctReaders(inputs);
  const pieces = planPieces(readers, DEFAULT_CHUNK_BYTES / 4);
  const bytesOf = ({ count, places }: Piece): number => count * elementSize(places[0]!.type);
  const memory = planMemory(readers.length, pieces.length, Math.max(...pieces.map(bytesOf)));
  const kernel = createSimdKernel(memory.bytes);
  const work = pieces.map((piece, index) => ({ piece, slot: memory.slots[index]!, bytes: bytesOf(piece) }));
  for (const { piece, slot, bytes } of work) {
    for (const [index, { source }] of readers.entries()) {
      const start = slot.inputs[index]!;
      await readInto(source, kernel.memory.subarray(start, start + bytes), piece.places[index]!.offset);
    }
  }
  await Promise.all(readers.map(({ source }) => source.close()));
  return {
    compute: (): void => {
      for (const { piece, slot } of work) {
        computePiece({ kernel, memory, slot, piece, inputs, readers, coefficients: COEFFICIENTS });
      }
    },
    write: async (): Promise<void> => {
      for (const result of ["nextVelocity", "nextPosition"] as const) {
        const name = result === "nextVelocity" ? "ours-velocity" : "ours-position";
        const file = await plainOutput(join(folder, `${name}.safetensors`));
        await file.write(encodeHeader(inputs.position.tensors, inputs.position.metadata));
        for (const { slot, bytes } of work) {
          await file.write(kernel.memory.subarray(slot[result], slot[result] + bytes));
        }
        await file.finish();
      }
    },
  };
}

async function prepare({ folder, torch }: UpdateCase): Promise<PreparedWays<keyof typeof NAMES>> {
  const kernel = await loadKernel(folder);
  kernel.compute();
  await kernel.write();
  await torch.request({ do: "load", folder });
  const theirs = (way: TorchWay) => () => torch.request<Timing>({ do: "compute", way, coefficients: COEFFICIENTS });
  const ours = (): Promise<Timing> => timed(async () => kernel.compute());
  const ways = { "five-pass": theirs("five-pass"), ours, "two-pass": theirs("two-pass"), fused: theirs("fused") };
  return { ways, results: "memory" };
}

const { values: options } = parseArgs({ options: UPDATE_OPTIONS });
await measureUpdates({ ...options, name: "update-kernel", names: NAMES }, prepare);
