/** The update's arithmetic on WebAssembly SIMD (`kernel.wat`), which every supported Node has. */
import { KERNEL_BINARY } from "./binary.js";
import type { HalfType, UpdateCoefficients, UpdateKernel, UpdateOperands } from "./kernel.js";

const PAGE = 65536;

type Convert = (from: number, to: number, count: number) => void;

interface Exports {
  readonly update: (...parameters: number[]) => number;
  readonly widenBF16: Convert;
  readonly narrowBF16: Convert;
  readonly widenF16: Convert;
  readonly narrowF16: Convert;
}

/** The part of the WebAssembly interface used here; TypeScript has it only among the browser's types. */
interface Engine {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;
const compiled = new engine.Module(Buffer.from(KERNEL_BINARY, "base64"));

class SimdKernel implements UpdateKernel {
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly #exports: Exports;

  constructor(bytes: number) {
    // The memory never grows: growing would detach the buffer that reads and writes are under way on.
    const pages = Math.max(1, Math.ceil(bytes / PAGE));
    const memory = new engine.Memory({ initial: pages, maximum: pages });
    this.memory = new Uint8Array(memory.buffer);
    this.#exports = new engine.Instance(compiled, { kernel: { memory } }).exports as Exports;
  }

  widen(type: HalfType, from: number, to: number, count: number): void {
    this.#exports[`widen${type}`](from, to, count);
  }

  narrow(type: HalfType, from: number, to: number, count: number): void {
    this.#exports[`narrow${type}`](from, to, count);
  }

  update(at: UpdateOperands, count: number, by: UpdateCoefficients): number {
    const largest = this.#exports.update(
      at.position,
      at.velocity,
      at.personalBest,
      at.globalBest,
      at.globalWorst,
      at.nextVelocity,
      at.nextPosition,
      count,
      by.velocity,
      by.personalBest,
      by.globalBest,
      by.globalWorst,
      by.stepLength,
    );
    return largest >>> 0;
  }
}

/** @param bytes how much memory the kernel shall have */
export function createSimdKernel(bytes: number): UpdateKernel {
  return new SimdKernel(bytes);
}
