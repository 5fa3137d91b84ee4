/** Adapters of embedded models: one vector of f32 numbers in the order of the model bundle's manifest. */
import type { ArtifactRef } from "../store/store.js";
import type { ElementType } from "./element-type.js";
import { AdapterError } from "./error.js";
import { CONFIG_FILE, WEIGHTS_FILE, type AdapterFolder } from "./folder.js";
import { openWeights } from "./open-part.js";
import { writeChunks } from "./output.js";
import { assertPlain } from "./peft/compatibility.js";
import { plainConfig, readConfig, writeConfig } from "./peft/config.js";
import { encodeHeader } from "./safetensors/header.js";
import type { SafetensorsReader } from "./safetensors/reader.js";
import { createTensorCodec, firstUnstorable } from "./tensor-codec.js";

/** How LoRA tensors lie in the vector: `lora` of a model bundle's manifest. */
export interface FlatLayout {
  readonly rank: number;
  readonly alpha: number;
  readonly targetModules: readonly string[];
  /** Numbers in all. */
  readonly parameters: number;
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    /** Position of its first number in the vector. */
    readonly offset: number;
  }[];
}

const BLOCK = 65536;

/**
 * Reads a PEFT folder as a vector of `layout.parameters` numbers. Tensors go by name; each must be there with the layout's shape
 * and none may be left over. Rejects with `AdapterError`.
 */
export async function readFlatAdapter(folder: AdapterFolder, layout: FlatLayout): Promise<Float32Array> {
  const config = await readConfig(folder);
  assertPlain(folder, config);
  if (config.r !== layout.rank || config.lora_alpha !== layout.alpha) {
    throw new AdapterError({
      code: "CONFIG_MISMATCH",
      file: `${folder.address}/${CONFIG_FILE}`,
      problem: `has r ${config.r} and lora_alpha ${config.lora_alpha}; the model takes ${layout.rank} and ${layout.alpha}`,
    });
  }
  const reader = await openWeights(folder);
  try {
    assertLayout(reader, layout);
    return await readNumbers(reader, layout);
  } finally {
    await reader.source.close();
  }
}

function assertLayout(reader: SafetensorsReader, layout: FlatLayout): void {
  const expected = new Map(layout.tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape } of reader.tensors) {
    const wanted = expected.get(name);
    if (wanted === undefined) {
      const problem = "the model has no such LoRA tensor";
      throw new AdapterError({ code: "UNEXPECTED_TENSOR", file: reader.file, tensor: name, problem });
    }
    if (shape.join() !== wanted.shape.join()) {
      const problem = `has shape [${shape.join(", ")}]; the model takes [${wanted.shape.join(", ")}]`;
      throw new AdapterError({ code: "SHAPE_MISMATCH", file: reader.file, tensor: name, problem });
    }
  }
  const missing = layout.tensors.find(({ name }) => !reader.byName.has(name));
  if (missing !== undefined) {
    const problem = "is missing, but the model needs it";
    throw new AdapterError({ code: "MISSING_TENSOR", file: reader.file, tensor: missing.name, problem });
  }
}

async function readNumbers(reader: SafetensorsReader, layout: FlatLayout): Promise<Float32Array> {
  const flat = new Float32Array(layout.parameters);
  const codec = createTensorCodec();
  for (const { name, offset } of layout.tensors) {
    const tensor = reader.byName.get(name)!;
    await codec.read(reader, tensor, flat.subarray(offset, offset + tensor.count));
  }
  return flat;
}

/**
 * Writes a vector as a PEFT folder: the weights first, then the configuration that makes the folder whole.
 * @param options.type storage type, f32 unless told; f16 and bf16 are rounded once, to nearest even
 * @param options.baseModel written as `base_model_name_or_path`
 * @returns the reference of the weights
 */
export async function writeFlatAdapter(
  folder: AdapterFolder,
  layout: FlatLayout,
  flat: Float32Array,
  options: { readonly type?: ElementType; readonly baseModel?: string } = {},
): Promise<ArtifactRef> {
  const file = `${folder.address}/${WEIGHTS_FILE}`;
  const { type = "F32", baseModel } = options;
  if (flat.length !== layout.parameters) {
    const problem = `the vector has ${flat.length} numbers; the model takes ${layout.parameters}`;
    throw new AdapterError({ code: "SHAPE_MISMATCH", file, problem });
  }
  assertStorable(flat, type, layout, file);
  const written = await writeChunks(await folder.create(WEIGHTS_FILE), encode(layout, flat, type));
  await writeConfig(folder, plainConfig({ ...layout, ...(baseModel === undefined ? {} : { baseModel }) }));
  return written;
}

function assertStorable(flat: Float32Array, type: ElementType, layout: FlatLayout, file: string): void {
  const bad = firstUnstorable(flat, type);
  if (bad === -1) return;
  const tensor = layout.tensors.findLast(({ offset }) => offset <= bad)!.name;
  throw new AdapterError({ code: "NOT_FINITE", file, tensor, problem: `${flat[bad]} can not be stored as ${type}` });
}

function* encode(layout: FlatLayout, flat: Float32Array, type: ElementType): Generator<Uint8Array> {
  yield encodeHeader(
    layout.tensors.map(({ name, shape }) => ({ name, shape, type })),
    { format: "pt" },
  );
  const codec = createTensorCodec();
  for (let start = 0; start < flat.length; start += BLOCK)
    yield codec.encode(flat.subarray(start, start + BLOCK), type);
}
