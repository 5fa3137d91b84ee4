/** Tensors of any storage type as f32 numbers in memory, and back. */
import { readInto } from "./byte-source.js";
import { overflowBits, type ElementType } from "./element-type.js";
import { AdapterError } from "./error.js";
import { LANES } from "./kernel/kernel.js";
import { createSimdKernel } from "./kernel/simd.js";
import type { TensorEntry } from "./safetensors/header.js";
import type { SafetensorsReader } from "./safetensors/reader.js";

const BLOCK = 65536;
/** In a kernel's memory the f32 numbers of a block come first, then its stored form. */
const STORED = BLOCK * 4;

export interface TensorCodec {
  /**
   * Fills `target`, which has room for exactly the tensor's numbers. Calls may overlap.
   * Rejects with `NOT_FINITE` where one of them is NaN or infinite.
   */
  read(reader: SafetensorsReader, tensor: TensorEntry, target: Float32Array): Promise<void>;
  /** The bytes of numbers that {@link firstUnstorable} has no objection to; f16 and bf16 are rounded to nearest even. */
  encode(values: Float32Array, type: ElementType): Uint8Array;
}

export function createTensorCodec(): TensorCodec {
  const kernel = createSimdKernel(BLOCK * 6);
  const wholeLanes = (count: number): number => Math.ceil(count / LANES) * LANES;
  return {
    async read(reader, tensor, target) {
      const { source } = reader;
      const { type, count, offset } = tensor;
      if (type === "F32") {
        await readInto(source, new Uint8Array(target.buffer, target.byteOffset, target.byteLength), offset);
        assertFinite(reader, tensor, target);
        return;
      }
      const stored = new Uint8Array(count * 2);
      await readInto(source, stored, offset);
      for (let start = 0; start < count; start += BLOCK) {
        const block = Math.min(BLOCK, count - start);
        kernel.memory.set(stored.subarray(start * 2, (start + block) * 2), STORED);
        kernel.widen(type, STORED, 0, wholeLanes(block));
        target.set(new Float32Array(kernel.memory.buffer, 0, block), start);
      }
      assertFinite(reader, tensor, target);
    },
    encode(values, type) {
      if (type === "F32") return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      const stored = new Uint8Array(values.length * 2);
      for (let start = 0; start < values.length; start += BLOCK) {
        const block = values.subarray(start, start + BLOCK);
        new Float32Array(kernel.memory.buffer, 0, BLOCK).set(block);
        kernel.narrow(type, 0, STORED, wholeLanes(block.length));
        stored.set(kernel.memory.subarray(STORED, STORED + block.length * 2), start * 2);
      }
      return stored;
    },
  };
}

function assertFinite({ file }: SafetensorsReader, { name }: TensorEntry, values: Float32Array): void {
  const bad = firstUnstorable(values, "F32");
  if (bad !== -1) throw notFinite(file, name, bad, values[bad]!);
}

/** Of a number that was read. */
export function notFinite(file: string, tensor: string, index: number, value: number): AdapterError {
  const problem = `number ${index} is ${value}: an adapter has finite numbers only`;
  return new AdapterError({ code: "NOT_FINITE", file, tensor, problem });
}

/** Index of the first number that is NaN, infinite or too large for the type; -1 where all can be stored. */
export function firstUnstorable(values: Float32Array, type: ElementType): number {
  const limit = overflowBits(type);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return bits.findIndex((value) => (value & 0x7fffffff) >= limit);
}
