/** The arithmetic of one piece of an update, in the memory of a kernel. */
import { elementSize, overflowBits } from "../element-type.js";
import { LANES, type UpdateCoefficients, type UpdateKernel } from "../kernel/kernel.js";
import { blame } from "./not-finite.js";
import type { Piece, UpdateInputs } from "./plan.js";
import type { SafetensorsReader } from "../safetensors/reader.js";

/** Numbers per step: the f32 forms of all operands fit a core's second-level cache. */
const BLOCK = 8192;
const BLOCK_BYTES = BLOCK * 4;
const ROLES = ["position", "velocity", "personalBest", "globalBest", "globalWorst"] as const;
type Role = (typeof ROLES)[number];

/** One slot of the pipeline: where a piece's inputs are read to and its results written from. */
export interface Slot {
  /** One area per distinct reader. */
  readonly inputs: readonly number[];
  readonly nextVelocity: number;
  readonly nextPosition: number;
}

export interface MemoryPlan {
  readonly bytes: number;
  readonly slots: readonly Slot[];
  /** f32 forms of one block: a zero one for a missing velocity, one per reader, two results. */
  readonly zero: number;
  readonly scratch: readonly number[];
}

/** @param areaBytes room for the largest piece */
export function planMemory(readers: number, slotCount: number, areaBytes: number): MemoryPlan {
  const area = Math.ceil(areaBytes / 64) * 64 + 64;
  let bytes = 0;
  const take = (size: number): number => {
    bytes += size;
    return bytes - size;
  };
  const zero = take(BLOCK_BYTES);
  const scratch = Array.from({ length: readers + 2 }, () => take(BLOCK_BYTES));
  const slots = Array.from({ length: slotCount }, () => ({
    inputs: Array.from({ length: readers }, () => take(area)),
    nextVelocity: take(area),
    nextPosition: take(area),
  }));
  return { bytes, slots, zero, scratch };
}

/**
 * Computes a piece whose inputs lie in `slot`, and leaves both results there in the type of x.
 * x' comes from v' as computed, before that is rounded for storage. Throws `NOT_FINITE`.
 */
export function computePiece(work: {
  readonly kernel: UpdateKernel;
  readonly memory: MemoryPlan;
  readonly slot: Slot;
  readonly piece: Piece;
  readonly inputs: UpdateInputs;
  readonly readers: readonly SafetensorsReader[];
  readonly coefficients: UpdateCoefficients;
}): void {
  const { kernel, memory, slot, piece, inputs, readers, coefficients } = work;
  const output = piece.places[0]!.type;
  const outputSize = elementSize(output);
  const results = memory.scratch.slice(readers.length) as [number, number];
  const areaOf = Object.fromEntries(
    ROLES.map((role) => [role, inputs[role] === undefined ? -1 : readers.indexOf(inputs[role])]),
  ) as Record<Role, number>;

  // The kernel works on whole groups of lanes: what lies behind the piece must not be a NaN left by an earlier one.
  piece.places.forEach(({ type }, index) => {
    const end = slot.inputs[index]! + piece.count * elementSize(type);
    kernel.memory.fill(0, end, end + LANES * elementSize(type));
  });

  for (let start = 0; start < piece.count; start += BLOCK) {
    const count = Math.ceil(Math.min(BLOCK, piece.count - start) / LANES) * LANES;
    const operands = piece.places.map(({ type }, index) => {
      const at = slot.inputs[index]! + start * elementSize(type);
      if (type === "F32") return at;
      kernel.widen(type, at, memory.scratch[index]!, count);
      return memory.scratch[index]!;
    });
    const place = (role: Role): number => (areaOf[role] === -1 ? memory.zero : operands[areaOf[role]]!);
    const nextVelocity = slot.nextVelocity + start * outputSize;
    const nextPosition = slot.nextPosition + start * outputSize;
    const largest = kernel.update(
      {
        position: place("position"),
        velocity: place("velocity"),
        personalBest: place("personalBest"),
        globalBest: place("globalBest"),
        globalWorst: place("globalWorst"),
        nextVelocity: output === "F32" ? nextVelocity : results[0],
        nextPosition: output === "F32" ? nextPosition : results[1],
      },
      count,
      coefficients,
    );
    if (largest >= overflowBits(output)) {
      const numbers = Math.min(BLOCK, piece.count - start);
      const floats = (at: number): Float32Array => new Float32Array(kernel.memory.buffer, at, numbers);
      throw blame({
        position: { reader: inputs.position, place: piece.places[areaOf.position]! },
        operands: operands.map((at, index) => ({
          reader: readers[index]!,
          place: piece.places[index]!,
          values: floats(at),
        })),
        results: [nextVelocity, nextPosition].map((at, index) => floats(output === "F32" ? at : results[index]!)),
        start,
      });
    }
    if (output !== "F32") {
      kernel.narrow(output, results[0], nextVelocity, count);
      kernel.narrow(output, results[1], nextPosition, count);
    }
  }
}
