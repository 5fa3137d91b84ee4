/** What `make_golden.py` wrote, and small adapters made on the spot. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openFile } from "../../adapters/byte-source.js";
import { elementSize, type ElementType } from "../../adapters/element-type.js";
import type { AdapterFolder } from "../../adapters/folder.js";
import type { UpdateCoefficients } from "../../adapters/kernel/kernel.js";
import { widenNumber } from "../../adapters/kernel/reference.js";
import type { OutputFile } from "../../adapters/output.js";
import { plainConfig, writeConfig } from "../../adapters/peft/config.js";
import { encodeHeader, type TensorEntry } from "../../adapters/safetensors/header.js";
import { readSafetensors, type SafetensorsReader } from "../../adapters/safetensors/reader.js";
import type { UpdateInputs } from "../../adapters/update/plan.js";
import type { ByteSource } from "../../store/store.js";

export function goldenPath(name: string): string {
  return fileURLToPath(new URL(`golden/${name}`, import.meta.url));
}

export async function goldenJson<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(goldenPath(name), "utf8")) as T;
}

export function goldenBytes(name: string): Promise<Buffer> {
  return readFile(goldenPath(`${name}.safetensors`));
}

export async function openGolden(name: string): Promise<SafetensorsReader> {
  return readSafetensors(memorySource(await goldenBytes(name)), name);
}

export async function goldenInputs(type: string): Promise<Required<UpdateInputs>> {
  return {
    position: await openGolden(`${type}-x`),
    velocity: await openGolden(`${type}-v`),
    personalBest: await openGolden(`${type}-p`),
    globalBest: await openGolden(`${type}-g`),
    globalWorst: await openGolden(`${type}-w`),
  };
}

export function goldenCoefficients(): Promise<UpdateCoefficients> {
  return goldenJson("coefficients.json");
}

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.byteLength,
    read(offset, length) {
      if (offset + length > bytes.byteLength) return Promise.reject(new RangeError("read past the end"));
      return Promise.resolve(bytes.slice(offset, offset + length));
    },
    close: () => Promise.resolve(),
  };
}

/** Every number of a file, by tensor. */
export async function numbersOf(file: Uint8Array): Promise<Map<string, number[]>> {
  const reader = await readSafetensors(memorySource(file), "result");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return new Map(reader.tensors.map((tensor) => [tensor.name, numbersOfTensor(view, tensor)]));
}

function numbersOfTensor(view: DataView, { type, count, offset }: TensorEntry): number[] {
  return Array.from({ length: count }, (_, index) => {
    const at = offset + index * elementSize(type);
    return type === "F32" ? view.getFloat32(at, true) : widenNumber(type, view.getUint16(at, true));
  });
}

/** An output that keeps its bytes, and what became of it. */
export class MemoryOutput implements OutputFile<Uint8Array> {
  readonly #chunks: Uint8Array[] = [];
  outcome: "open" | "finished" | "aborted" = "open";

  write(chunk: Uint8Array): Promise<void> {
    this.#chunks.push(chunk.slice());
    return Promise.resolve();
  }

  finish(): Promise<Uint8Array> {
    this.outcome = "finished";
    return Promise.resolve(Buffer.concat(this.#chunks));
  }

  abort(): Promise<void> {
    this.outcome = "aborted";
    return Promise.resolve();
  }
}

export interface TensorValues {
  readonly name: string;
  readonly shape: readonly number[];
  /** f32 numbers, or the bits of half-precision ones. */
  readonly values: Float32Array | Uint16Array;
  readonly type: ElementType;
}

export function safetensorsBytes(tensors: readonly TensorValues[]): Buffer {
  return Buffer.concat([
    encodeHeader(tensors),
    ...tensors.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

/** Writes a plain adapter of rank 2 around the given weights file. */
export async function writeAdapter(folder: AdapterFolder, weights: Uint8Array, rank = 2): Promise<void> {
  const output = await folder.create("adapter_model.safetensors");
  await output.write(weights);
  await output.finish();
  await writeConfig(folder, plainConfig({ rank, alpha: 16, targetModules: ["q_proj", "v_proj"] }));
}

export async function openLocal(path: string): Promise<SafetensorsReader> {
  return readSafetensors(await openFile(path), path);
}
