import { describe, expect, it } from "vitest";
import { elementSize, type ElementType } from "../../../adapters/element-type.js";
import type { UpdateCoefficients } from "../../../adapters/kernel/kernel.js";
import { narrowNumber } from "../../../adapters/kernel/reference.js";
import type { SafetensorsReader } from "../../../adapters/safetensors/reader.js";
import { readSafetensors } from "../../../adapters/safetensors/reader.js";
import { fusedUpdate, type UpdateOptions } from "../../../adapters/update/fused-update.js";
import type { UpdateInputs } from "../../../adapters/update/plan.js";
import type { ByteSource } from "../../../store/store.js";
import {
  goldenBytes,
  goldenCoefficients,
  goldenInputs,
  memorySource,
  MemoryOutput,
  numbersOf,
  openGolden,
  safetensorsBytes,
  type TensorValues,
} from "../golden-files.js";

const TYPES: readonly (readonly [string, ElementType])[] = [
  ["f32", "F32"],
  ["f16", "F16"],
  ["bf16", "BF16"],
];

async function update(
  inputs: UpdateInputs,
  coefficients: UpdateCoefficients,
  options?: UpdateOptions,
): Promise<{ velocity: Uint8Array; position: Uint8Array }> {
  const created = {
    velocity: () => Promise.resolve(new MemoryOutput()),
    position: () => Promise.resolve(new MemoryOutput()),
  };
  return fusedUpdate(inputs, coefficients, created, options);
}

/** The file's numbers as bytes, without the header. */
async function dataOf(file: Uint8Array): Promise<Buffer> {
  const reader = await readSafetensors(memorySource(file), "result");
  return Buffer.from(file.subarray(reader.tensors[0]!.offset));
}

async function readerOf(tensors: readonly TensorValues[], name = "made"): Promise<SafetensorsReader> {
  return readSafetensors(memorySource(safetensorsBytes(tensors)), name);
}

describe.each(TYPES)("fusedUpdate on %s adapters", (label, type) => {
  it("equals NumPy's float32 computation with one rounding, bit for bit", async () => {
    const written = await update(await goldenInputs(label), await goldenCoefficients());
    expect(await dataOf(written.velocity)).toEqual(await dataOf(await goldenBytes(`${label}-next-velocity`)));
    expect(await dataOf(written.position)).toEqual(await dataOf(await goldenBytes(`${label}-next-position`)));
  });

  it("equals the paper's formula in float64 up to that rounding", async () => {
    const written = await update(await goldenInputs(label), await goldenCoefficients());
    for (const [file, formula] of [
      [written.velocity, "formula-velocity"],
      [written.position, "formula-position"],
    ] as const) {
      const found = [...(await numbersOf(file)).values()].flat();
      const wanted = [...(await numbersOf(await goldenBytes(`${label}-${formula}`))).values()].flat();
      const largest = Math.max(...wanted.map(Math.abs));
      // 2^-8 and 2^-11 are half a unit in the last place of bf16 and f16.
      const rounding = { F32: 0, F16: 2 ** -11, BF16: 2 ** -8 }[type];
      found.forEach((value, index) => {
        const allowed = 1e-6 * largest + rounding * Math.abs(wanted[index]!);
        expect(Math.abs(value - wanted[index]!)).toBeLessThanOrEqual(allowed);
      });
    }
  });

  it.each([4, 12, 100, 1000, 4096])("gives the same bytes in chunks of %i bytes", async (chunkBytes) => {
    const whole = await update(await goldenInputs(label), await goldenCoefficients());
    const chunked = await update(await goldenInputs(label), await goldenCoefficients(), { chunkBytes });
    expect(chunked).toEqual(whole);
  });

  it("gives the same bytes by the reference kernel", async () => {
    const [simd, reference] = [
      await update(await goldenInputs(label), await goldenCoefficients()),
      await update(await goldenInputs(label), await goldenCoefficients(), { kernel: "reference", chunkBytes: 500 }),
    ];
    expect(reference).toEqual(simd);
  });

  it("keeps names, shapes, storage type and metadata of the position", async () => {
    const inputs = await goldenInputs(label);
    const { velocity, position } = await update(inputs, await goldenCoefficients());
    for (const file of [velocity, position]) {
      const reader = await readSafetensors(memorySource(file), "result");
      expect(reader.tensors.map(({ name, shape }) => [name, shape])).toEqual(
        inputs.position.tensors.map(({ name, shape }) => [name, shape]),
      );
      expect(new Set(reader.tensors.map((tensor) => tensor.type))).toEqual(new Set([type]));
      expect(reader.metadata).toEqual({ format: "pt" });
    }
  });

  it("takes a missing velocity for zero", async () => {
    const { velocity, ...withoutVelocity } = await goldenInputs(label);
    const zeros = velocity.tensors.map(({ name, shape, count }) => {
      const values = type === "F32" ? new Float32Array(count) : new Uint16Array(count);
      return { name, shape, values, type };
    });
    const coefficients = await goldenCoefficients();
    const first = await update(withoutVelocity, coefficients, { chunkBytes: 256 });
    expect(first).toEqual(await update({ ...withoutVelocity, velocity: await readerOf(zeros) }, coefficients));
  });
});

describe("fusedUpdate", () => {
  it("moves a hand-worked particle where the paper's equation says", async () => {
    // v' = 0.5·4 + 0.25·(3 − 1) + 0.125·(9 − 1) + 0.125·(1 − (−7)) = 4.5; x' = 1 + 2·4.5 = 10
    const one = (value: number): Promise<SafetensorsReader> =>
      readerOf([{ name: "a", shape: [1], values: Float32Array.of(value), type: "F32" }]);
    const { velocity, position } = await update(
      {
        position: await one(1),
        velocity: await one(4),
        personalBest: await one(3),
        globalBest: await one(9),
        globalWorst: await one(-7),
      },
      { velocity: 0.5, personalBest: 0.25, globalBest: 0.125, globalWorst: 0.125, stepLength: 2 },
    );
    expect(await numbersOf(velocity)).toEqual(new Map([["a", [4.5]]]));
    expect(await numbersOf(position)).toEqual(new Map([["a", [10]]]));
  });

  it("computes the new position from the velocity as it was before rounding", async () => {
    const one = (value: number): Promise<SafetensorsReader> =>
      readerOf([{ name: "a", shape: [1], values: Uint16Array.of(narrowNumber("BF16", value)), type: "BF16" }]);
    // v' = 1 + 2^-8 exactly half way between bf16 neighbours: stored as 1. x' = 0 + 128 v' = 128.5, stored as 128 (even);
    // with λ = 384: 385.5 stored as 386, where 384 · 1 would have given 384.
    const zero = await one(0);
    const { velocity, position } = await update(
      { position: zero, velocity: await one(1), personalBest: await one(2 ** -8), globalBest: zero, globalWorst: zero },
      { velocity: 1, personalBest: 1, globalBest: 0, globalWorst: 0, stepLength: 384 },
    );
    expect(await numbersOf(velocity)).toEqual(new Map([["a", [1]]]));
    expect(await numbersOf(position)).toEqual(new Map([["a", [386]]]));
  });

  it("combines files of other storage types and tensor orders by name", async () => {
    const coefficients = await goldenCoefficients();
    const inputs = await goldenInputs("f32");
    // f16 numbers are exact in f32: the same update from f32 copies in reverse order must give the same bytes.
    const [velocity, personalBest] = [await openGolden("f16-v"), await openGolden("f16-p")];
    const widened = async (name: string): Promise<SafetensorsReader> => {
      const numbers = await numbersOf(await goldenBytes(name));
      const tensors = (await openGolden(name)).tensors.map((tensor) => ({
        name: tensor.name,
        shape: tensor.shape,
        values: Float32Array.from(numbers.get(tensor.name)!),
        type: "F32" as const,
      }));
      return readerOf(tensors.reverse());
    };
    const mixed = await update({ ...inputs, velocity, personalBest }, coefficients);
    const same = await update(
      { ...inputs, velocity: await widened("f16-v"), personalBest: await widened("f16-p") },
      coefficients,
    );
    expect(mixed).toEqual(same);
  });

  it("reads an adapter that has several roles once, with the same result", async () => {
    const coefficients = await goldenCoefficients();
    const inputs = await goldenInputs("f32");
    let bytesRead = 0;
    const counted = async (name: string): Promise<SafetensorsReader> => {
      const source = memorySource(await goldenBytes(name));
      const counting: ByteSource = {
        ...source,
        read(offset, length) {
          bytesRead += length;
          return source.read(offset, length);
        },
      };
      const reader = await readSafetensors(counting, name);
      bytesRead = 0;
      return reader;
    };
    const shared = await counted("f32-x");
    const found = await update({ ...inputs, position: shared, personalBest: shared, globalBest: shared }, coefficients);
    const numbers = shared.tensors.reduce((sum, { count }) => sum + count, 0);
    expect(bytesRead).toBe(numbers * elementSize("F32"));
    const apart = await update(
      { ...inputs, personalBest: await openGolden("f32-x"), globalBest: await openGolden("f32-x") },
      coefficients,
    );
    expect(found).toEqual(apart);
  });

  it("reports progress up to the end", async () => {
    const seen: number[] = [];
    await update(await goldenInputs("f32"), await goldenCoefficients(), {
      chunkBytes: 1000,
      onProgress: (done) => seen.push(done),
    });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((left, right) => left - right));
  });
});

describe("an update that can not be", () => {
  const tensor = (values: number[], shape = [values.length], name = "a"): TensorValues => ({
    name,
    shape,
    values: Float32Array.from(values),
    type: "F32",
  });
  const simple = { velocity: 1, personalBest: 1, globalBest: 1, globalWorst: 1, stepLength: 1 };

  async function failure(inputs: UpdateInputs, coefficients: UpdateCoefficients = simple, options?: UpdateOptions) {
    const outputs: MemoryOutput[] = [];
    const create = (): Promise<MemoryOutput> => {
      outputs.push(new MemoryOutput());
      return Promise.resolve(outputs.at(-1)!);
    };
    const error = await fusedUpdate(inputs, coefficients, { velocity: create, position: create }, options).catch(
      (caught: unknown) => caught,
    );
    return { error, outcomes: outputs.map(({ outcome }) => outcome) };
  }

  async function swarm(others: readonly TensorValues[], position = [tensor([1, 2, 3, 4])]): Promise<UpdateInputs> {
    const x = await readerOf(position, "x");
    return { position: x, personalBest: x, globalBest: await readerOf(others, "g"), globalWorst: x };
  }

  it.each([
    ["another shape", "SHAPE_MISMATCH", [tensor([1, 2, 3, 4], [2, 2])]],
    ["another size", "SHAPE_MISMATCH", [tensor([1, 2, 3])]],
    ["a tensor more", "UNEXPECTED_TENSOR", [tensor([1, 2, 3, 4]), tensor([1], [1], "b")]],
    ["a tensor less", "MISSING_TENSOR", []],
  ])("is refused before an output is opened: %s", async (_, code, others) => {
    const { error, outcomes } = await failure(await swarm(others));
    expect(error).toMatchObject({ name: "AdapterError", code, file: "g" });
    expect(outcomes).toEqual([]);
  });

  it("is refused where a coefficient is not a number", async () => {
    const { error, outcomes } = await failure(await swarm([tensor([1, 2, 3, 4])]), { ...simple, velocity: NaN });
    expect(error).toMatchObject({ code: "INVALID_COEFFICIENT" });
    expect(outcomes).toEqual([]);
  });

  it.each([
    ["a NaN comes in", [1, NaN, 3, 4]],
    ["a sum overflows", [1, 3.4e38, 3, 4]],
  ])("drops both outputs where %s", async (_, others) => {
    const { error, outcomes } = await failure(await swarm([tensor(others)], [tensor([1, -3.4e38, 3, 4])]));
    expect(error).toMatchObject({ code: "NOT_FINITE", tensor: "a" });
    expect(outcomes).toEqual(["aborted", "aborted"]);
  });

  it.each([
    ["F32", NaN],
    ["F32", Infinity],
    ["BF16", NaN],
  ] as const)("names the tensor and the number of the input that is not finite (%s, %d)", async (type, value) => {
    // Beyond one block of numbers, in the second of two tensors that lie in one piece, and in another order in the other files.
    const stored = (numbers: Float32Array): Float32Array | Uint16Array =>
      type === "F32" ? numbers : Uint16Array.from(numbers, (number) => narrowNumber(type, number));
    const [first, second] = [new Float32Array(9000), new Float32Array(5)];
    const both = (spoiled: Float32Array): TensorValues[] => [
      { name: "first", shape: [9000], values: stored(first), type },
      { name: "second", shape: [5], values: stored(spoiled), type },
    ];
    const position = await readerOf(both(second), "x");
    const worst = await readerOf(both(second.with(3, value)).toReversed(), "w");
    const inputs = { position, personalBest: position, globalBest: position, globalWorst: worst };
    const { error } = await failure(inputs);
    expect(error).toMatchObject({ code: "NOT_FINITE", file: "w", tensor: "second" });
    expect((error as Error).message).toContain(`number 3 is ${value}`);
  });

  it("names the tensor and the number whose update is not finite", async () => {
    const { error } = await failure(
      await swarm(
        [tensor([1, 2], [2], "a"), tensor([1, 3.4e38], [2], "b")],
        [tensor([1, 2], [2], "a"), tensor([1, -3.4e38], [2], "b")],
      ),
    );
    expect(error).toMatchObject({ code: "NOT_FINITE", file: "x", tensor: "b" });
    expect((error as Error).message).toContain("the update of number 1 ");
  });

  it("drops both outputs where a result is too large for f16", async () => {
    const half = (value: number): TensorValues => ({
      name: "a",
      shape: [1],
      values: Uint16Array.of(narrowNumber("F16", value)),
      type: "F16",
    });
    const { error } = await failure(await swarm([half(60000)], [half(30000)]), { ...simple, stepLength: 2 });
    expect(error).toMatchObject({ code: "NOT_FINITE" });
  });

  it("drops both outputs where a source fails on the way", async () => {
    const bytes = await goldenBytes("f32-g");
    const reader = await readSafetensors(memorySource(bytes), "g");
    const cut: ByteSource = memorySource(bytes.subarray(0, bytes.byteLength - 100));
    const inputs = { ...(await goldenInputs("f32")), globalBest: { ...reader, source: cut } };
    const { error, outcomes } = await failure(inputs, await goldenCoefficients(), { chunkBytes: 400 });
    expect(error).toBeInstanceOf(RangeError);
    expect(outcomes).toEqual(["aborted", "aborted"]);
  });

  it("stops on an abort signal and drops both outputs", async () => {
    const controller = new AbortController();
    const { error, outcomes } = await failure(await goldenInputs("f32"), await goldenCoefficients(), {
      chunkBytes: 100,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(error).toBe(controller.signal.reason);
    expect(outcomes).toEqual(["aborted", "aborted"]);
  });

  it("drops the first output where the second can not be opened", async () => {
    const velocity = new MemoryOutput();
    const refusal = new Error("read-only");
    const outputs = { velocity: () => Promise.resolve(velocity), position: () => Promise.reject(refusal) };
    await expect(fusedUpdate(await goldenInputs("f32"), simple, outputs)).rejects.toBe(refusal);
    expect(velocity.outcome).toBe("aborted");
  });
});
