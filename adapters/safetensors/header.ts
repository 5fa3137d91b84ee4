/**
 * The header of a safetensors file: eight bytes of length (little-endian), then JSON, then the tensors' bytes without gaps.
 * Source: the format's description in the huggingface/safetensors repository.
 */
import { z } from "zod";
import { elementSize, isElementType, type ElementType } from "../element-type.js";
import { AdapterError } from "../error.js";

export interface TensorEntry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Position of the tensor's first byte in the file. */
  readonly offset: number;
  /** How many numbers it has. */
  readonly count: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes in the file. */
  readonly tensors: readonly TensorEntry[];
  /** The free-text `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes before the header. */
export const LENGTH_BYTES = 8;

/** A longer header is taken for a corrupt length: an adapter of 100,000 tensors needs less. */
export const MAXIMUM_HEADER_BYTES = 16 * 1024 * 1024;

const integer = z.number().int().nonnegative();
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(integer),
  data_offsets: z.tuple([integer, integer]),
});
const metadataSchema = z.record(z.string(), z.string());

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * Parses and checks the JSON of a header.
 * @param about the file's name for errors, and its size in bytes
 */
export function parseHeader(
  json: Uint8Array,
  about: { readonly file: string; readonly size: number },
): SafetensorsHeader {
  const corrupt = (problem: string, tensor?: string, cause?: unknown): AdapterError =>
    new AdapterError({
      code: "CORRUPT",
      file: about.file,
      problem,
      cause,
      ...(tensor === undefined ? {} : { tensor }),
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch (error) {
    throw corrupt("the safetensors header is not JSON", undefined, error);
  }
  const object = z.record(z.string(), z.unknown()).safeParse(parsed);
  if (!object.success) throw corrupt("the safetensors header is not a JSON object");
  const { __metadata__: rawMetadata = {}, ...rawTensors } = object.data;
  const metadata = metadataSchema.safeParse(rawMetadata);
  if (!metadata.success) throw corrupt("`__metadata__` is not an object of strings");

  const dataStart = LENGTH_BYTES + json.byteLength;
  const tensors = Object.entries(rawTensors).map(([name, raw]) => {
    const entry = entrySchema.safeParse(raw);
    if (!entry.success) throw corrupt(`its header entry is malformed (${z.prettifyError(entry.error)})`, name);
    const { dtype, shape, data_offsets: range } = entry.data;
    if (!isElementType(dtype)) {
      const problem = `holds ${dtype} numbers; F32, F16 and BF16 can be read`;
      throw new AdapterError({ code: "UNSUPPORTED_DTYPE", file: about.file, tensor: name, problem });
    }
    const count = countOf(shape);
    const bytes = count * elementSize(dtype);
    if (range[1] - range[0] !== bytes) {
      throw corrupt(`takes bytes ${range[0]} to ${range[1]}, but ${dtype} [${shape.join(", ")}] needs ${bytes}`, name);
    }
    return { name, type: dtype, shape, offset: dataStart + range[0], count };
  });
  tensors.sort((left, right) => left.offset - right.offset || left.count - right.count);

  let expected = dataStart;
  for (const tensor of tensors) {
    if (tensor.offset !== expected) {
      throw corrupt(tensor.offset < expected ? "overlaps the tensor before it" : "leaves a gap before it", tensor.name);
    }
    expected += tensor.count * elementSize(tensor.type);
  }
  if (expected !== about.size) {
    throw corrupt(`has ${about.size} bytes where its header promises ${expected}: cut short or overwritten`);
  }
  return { tensors, metadata: metadata.data };
}

/**
 * The first bytes of a file with these tensors, which are to follow without gaps in the order given.
 * The header is padded with spaces to a multiple of eight bytes, as the reference implementation does.
 */
export function encodeHeader(
  tensors: readonly Pick<TensorEntry, "name" | "type" | "shape">[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, type, shape }) => {
    const start = end;
    end += countOf(shape) * elementSize(type);
    return [name, { dtype: type, shape, data_offsets: [start, end] }] as const;
  });
  const described = Object.keys(metadata).length === 0 ? [] : [["__metadata__", metadata] as const];
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...described, ...entries])));
  const length = Math.ceil(json.byteLength / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, LENGTH_BYTES);
  return bytes;
}
