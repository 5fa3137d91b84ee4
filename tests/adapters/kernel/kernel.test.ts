import { describe, expect, it } from "vitest";
import { assembleKernel } from "../../../adapters/kernel/assemble.js";
import { KERNEL_BINARY } from "../../../adapters/kernel/binary.js";
import type { UpdateKernel } from "../../../adapters/kernel/kernel.js";
import { createReferenceKernel, narrowNumber, widenNumber } from "../../../adapters/kernel/reference.js";
import { createSimdKernel } from "../../../adapters/kernel/simd.js";
import { RandomStream } from "../../../swarm/random.js";
import { goldenCoefficients, goldenJson } from "../golden-files.js";

const KERNELS = [
  ["SIMD", createSimdKernel],
  ["reference", createReferenceKernel],
] as const;

/** f32 bits, and what NumPy rounds them to in f16 and ml_dtypes in bf16; null for NaN. */
type Row = readonly [number, number | null, number | null];

function halfBits(kernel: UpdateKernel, type: "F16" | "BF16", bits: readonly number[]): number[] {
  const count = Math.ceil(bits.length / 8) * 8;
  new Uint32Array(kernel.memory.buffer, 0, bits.length).set(bits);
  kernel.narrow(type, 0, count * 4, count);
  return [...new Uint16Array(kernel.memory.buffer, count * 4, bits.length)];
}

describe("the binary of the SIMD kernel", () => {
  it("is what kernel.wat assembles to", async () => {
    expect(KERNEL_BINARY).toBe(await assembleKernel());
  });
});

describe.each(KERNELS)("the %s kernel", (_, create) => {
  it.each([
    ["F16", 1],
    ["BF16", 2],
  ] as const)("rounds f32 to %s as NumPy and ml_dtypes do", async (type, column) => {
    const rows = await goldenJson<Row[]>("conversions.json");
    const found = halfBits(
      create(65536),
      type,
      rows.map(([bits]) => bits),
    );
    rows.forEach((row, index) => {
      const wanted = row[column];
      if (wanted === null) expect(widenNumber(type, found[index]!)).toBeNaN();
      else expect(found[index], `0x${row[0].toString(16)}`).toBe(wanted);
    });
  });

  it.each(["F16", "BF16"] as const)(
    "widens every %s pattern to a value that narrows back to the same pattern",
    (type) => {
      const kernel = create(65536 * 6);
      const stored = new Uint16Array(kernel.memory.buffer, 0, 65536).map((_value, index) => index);
      new Uint16Array(kernel.memory.buffer, 0, 65536).set(stored);
      kernel.widen(type, 0, 65536 * 2, 65536);
      const values = new Float32Array(kernel.memory.buffer, 65536 * 2, 65536);
      const wrong = [...stored].filter((pattern) => {
        const value = values[pattern]!;
        if (Number.isNaN(value)) return !Number.isNaN(widenNumber(type, pattern));
        return !Object.is(value, widenNumber(type, pattern)) || narrowNumber(type, value) !== pattern;
      });
      expect(wrong).toEqual([]);
    },
  );

  it("knows the f16 values of the standard's own examples", () => {
    // IEEE 754 binary16: one, largest, smallest normal, smallest subnormal, one third rounded.
    const examples = [0x3c00, 0x7bff, 0x0400, 0x0001, 0x3555, 0xc000, 0x7c00, 0x8000];
    const kernel = create(256);
    new Uint16Array(kernel.memory.buffer, 0, 8).set(examples);
    kernel.widen("F16", 0, 64, 8);
    const wanted = [1, 65504, 2 ** -14, 2 ** -24, 0.333251953125, -2, Infinity, -0];
    expect([...new Float32Array(kernel.memory.buffer, 64, 8)]).toEqual(wanted);
  });

  it("tells the largest absolute value it wrote", () => {
    const kernel = create(1024);
    const at = {
      position: 0,
      velocity: 32,
      personalBest: 64,
      globalBest: 64,
      globalWorst: 64,
      nextVelocity: 96,
      nextPosition: 128,
    };
    const only = { velocity: 1, personalBest: 0, globalBest: 0, globalWorst: 0, stepLength: 1 };
    const numbers = new Float32Array(kernel.memory.buffer, 0, 16);
    numbers.set([0, 1, 0, 0, 0, 0, -2, 0, 0, 0, 0, 0, 0, 0, -3, 0]);
    const bits = new Uint32Array(new Float32Array([-5]).buffer)[0]! & 0x7fffffff;
    expect(kernel.update(at, 8, only)).toBe(bits);
    numbers[11] = NaN;
    expect(kernel.update(at, 8, only)).toBeGreaterThan(0x7f800000);
    numbers[11] = -Infinity;
    expect(kernel.update(at, 8, only)).toBe(0x7f800000);
  });
});

describe("the two kernels", () => {
  it("compute the same bits on f32", async () => {
    const coefficients = await goldenCoefficients();
    const count = 4096;
    const random = new RandomStream({ seed: 3, purpose: "kernel test" });
    const numbers = Float32Array.from(
      { length: 5 * count },
      () => (random.uniform() - 0.5) * 10 ** (random.uniform() * 8 - 6),
    );
    const [simd, reference] = KERNELS.map(([, create]) => {
      const kernel = create(7 * count * 4);
      new Float32Array(kernel.memory.buffer, 0, numbers.length).set(numbers);
      const [position, velocity, personalBest, globalBest, globalWorst, nextVelocity, nextPosition] = Array.from(
        { length: 7 },
        (_value, index) => index * count * 4,
      ) as [number, number, number, number, number, number, number];
      const at = { position, velocity, personalBest, globalBest, globalWorst, nextVelocity, nextPosition };
      const largest = kernel.update(at, count, coefficients);
      return { largest, written: Buffer.from(kernel.memory.buffer, nextVelocity, 2 * count * 4) };
    });
    expect(simd!.written.equals(reference!.written)).toBe(true);
    expect(simd!.largest).toBe(reference!.largest);
  });
});
