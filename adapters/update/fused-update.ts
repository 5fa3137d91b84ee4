/**
 * The swarm's weight update as one pass over files: five reads, two writes, constant memory.
 * v' = (1/C)[r_v φ_v v + r_p φ_p (p − x) + r_g φ_g (g − x) − r_w φ_w (g_w − x)], x' = x + λ v' (Data Swarms, Algorithm 1, lines 10-12),
 * on every LoRA tensor, A and B apart.
 */
import { readInto } from "../byte-source.js";
import { elementSize } from "../element-type.js";
import type { UpdateCoefficients, UpdateKernel } from "../kernel/kernel.js";
import { createReferenceKernel } from "../kernel/reference.js";
import { createSimdKernel } from "../kernel/simd.js";
import type { OutputFile } from "../output.js";
import { encodeHeader } from "../safetensors/header.js";
import { computePiece, planMemory, type Slot } from "./compute.js";
import { assertCoefficients, distinctReaders, planPieces, type Piece, type UpdateInputs } from "./plan.js";
import { writeResults, type UpdateOutputs } from "./write-results.js";

export interface UpdateOptions {
  /** Bytes read from each input at a time. Does not change the result. */
  readonly chunkBytes?: number;
  /** `"reference"` computes the same bits in plain TypeScript, slowly. */
  readonly kernel?: "simd" | "reference";
  readonly signal?: AbortSignal;
  /** Told after each chunk what part of the work is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

export const DEFAULT_CHUNK_BYTES = 1024 * 1024;

/** Chunks in flight: one is read, one computed and one written at the same time. */
const SLOTS = 3;

/**
 * Reads x, v, p, g and g_w once and writes v' and x'. Arithmetic is in f32; each result is rounded once, to nearest even, to the
 * storage type that the tensor has in x, and x' is computed from the unrounded v'. Inputs may differ in storage type and in the order of
 * their tensors. Everything that the headers tell is checked before an output is opened; a failure drops both outputs.
 *
 * Rejects with `AdapterError` (`SHAPE_MISMATCH`, `MISSING_TENSOR`, `UNEXPECTED_TENSOR`, `NOT_FINITE`, `INVALID_COEFFICIENT`) or as the
 * sources and outputs do.
 */
export async function fusedUpdate<Written>(
  inputs: UpdateInputs,
  coefficients: UpdateCoefficients,
  outputs: UpdateOutputs<Written>,
  options: UpdateOptions = {},
): Promise<{ readonly velocity: Written; readonly position: Written }> {
  assertCoefficients(coefficients, inputs.position.file);
  const readers = distinctReaders(inputs);
  const pieces = planPieces(readers, Math.max(1, Math.floor((options.chunkBytes ?? DEFAULT_CHUNK_BYTES) / 4)));
  options.signal?.throwIfAborted();

  return writeResults(outputs, async (velocity, position) => {
    const header = encodeHeader(inputs.position.tensors, inputs.position.metadata);
    await Promise.all([velocity.write(header), position.write(header)]);
    await runPipeline({ pieces, inputs, coefficients, velocity, position, options });
  });
}

async function runPipeline(work: {
  readonly pieces: readonly Piece[];
  readonly inputs: UpdateInputs;
  readonly coefficients: UpdateCoefficients;
  readonly velocity: OutputFile<unknown>;
  readonly position: OutputFile<unknown>;
  readonly options: UpdateOptions;
}): Promise<void> {
  const { pieces, inputs, coefficients, velocity, position, options } = work;
  const readers = distinctReaders(inputs);
  const largest = pieces.reduce((most, { count }) => Math.max(most, count), 0);
  const memory = planMemory(readers.length, SLOTS, largest * 4);
  const createKernel = options.kernel === "reference" ? createReferenceKernel : createSimdKernel;
  const kernel: UpdateKernel = createKernel(memory.bytes);

  const reads: Promise<unknown>[] = memory.slots.map(() => Promise.resolve());
  const writes: Promise<unknown>[] = memory.slots.map(() => Promise.resolve());
  const area = (offset: number, bytes: number): Uint8Array => kernel.memory.subarray(offset, offset + bytes);
  const started = (transfers: Promise<void>[]): Promise<unknown> => {
    const all = Promise.all(transfers);
    all.catch(() => {}); // seen where it is awaited
    return all;
  };
  const inFlight = new Set<Promise<void>>();
  const track = (transfer: Promise<void>): Promise<void> => {
    inFlight.add(transfer);
    const forget = (): void => void inFlight.delete(transfer);
    transfer.then(forget, forget);
    return transfer;
  };
  const read = ({ places, count }: Piece, slot: Slot): Promise<unknown> =>
    started(
      places.map(({ offset, type }, index) =>
        track(readInto(readers[index]!.source, area(slot.inputs[index]!, count * elementSize(type)), offset)),
      ),
    );

  try {
    for (let index = 0; index <= pieces.length; index++) {
      const upcoming = pieces[index];
      if (upcoming !== undefined) {
        await writes[index % SLOTS];
        reads[index % SLOTS] = read(upcoming, memory.slots[index % SLOTS]!);
      }
      if (index === 0) continue;
      options.signal?.throwIfAborted();
      const piece = pieces[index - 1]!;
      const slot = memory.slots[(index - 1) % SLOTS]!;
      await reads[(index - 1) % SLOTS];
      computePiece({ kernel, memory, slot, piece, inputs, readers, coefficients });
      const bytes = piece.count * elementSize(piece.places[0]!.type);
      writes[(index - 1) % SLOTS] = started([
        track(velocity.write(area(slot.nextVelocity, bytes))),
        track(position.write(area(slot.nextPosition, bytes))),
      ]);
      options.onProgress?.(index / pieces.length);
    }
    await Promise.all(writes);
  } finally {
    // Nothing may touch the memory, a source or an output after this returns.
    await Promise.allSettled(inFlight);
  }
}
