import { describe, expect, it } from "vitest";
import { AdapterError, type AdapterErrorCode } from "../../../adapters/error.js";
import { encodeHeader } from "../../../adapters/safetensors/header.js";
import { readSafetensors } from "../../../adapters/safetensors/reader.js";
import { goldenBytes, memorySource, numbersOf, safetensorsBytes } from "../golden-files.js";

function file(header: string | object, dataBytes: number): Uint8Array {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = Buffer.alloc(8 + json.byteLength + dataBytes);
  bytes.writeBigUInt64LE(BigInt(json.byteLength));
  json.copy(bytes, 8);
  return bytes;
}

async function failure(bytes: Uint8Array): Promise<AdapterError> {
  const error = await readSafetensors(memorySource(bytes), "a.safetensors").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(AdapterError);
  return error as AdapterError;
}

const f32 = (start: number, end: number, shape = [(end - start) / 4]): object => ({
  dtype: "F32",
  shape,
  data_offsets: [start, end],
});

describe("readSafetensors", () => {
  it("reads what the safetensors package wrote", async () => {
    const bytes = await goldenBytes("bf16-x");
    const reader = await readSafetensors(memorySource(bytes), "golden");
    expect(reader.metadata).toEqual({ format: "pt" });
    expect(reader.tensors).toHaveLength(12);
    const name = "base_model.model.model.layers.10.self_attn.v_proj.lora_B.weight";
    expect(reader.byName.get(name)).toMatchObject({ type: "BF16", shape: [29, 3], count: 87 });
  });

  it("takes scalars, empty tensors, any order of names and trailing spaces in the header", async () => {
    const json = `${JSON.stringify({ b: f32(0, 4, []), a: f32(4, 4, [0, 3]), c: f32(4, 12) })}   `;
    const reader = await readSafetensors(memorySource(file(json, 12)), "x");
    expect(reader.tensors.map(({ name, count }) => [name, count])).toEqual([
      ["b", 1],
      ["a", 0],
      ["c", 2],
    ]);
  });

  it.each<[string, AdapterErrorCode, Uint8Array]>([
    ["an empty file", "CORRUPT", new Uint8Array(0)],
    ["a file shorter than a header's length", "CORRUPT", new Uint8Array(7)],
    ["a header longer than the file", "CORRUPT", file("{}", 0).map((byte, index) => (index === 0 ? 200 : byte))],
    ["an absurd header length", "CORRUPT", new Uint8Array(100).fill(255)],
    ["a header that is not JSON", "CORRUPT", file("{nope", 0)],
    ["a header that is not UTF-8", "CORRUPT", file("{}", 0).map((byte, index) => (index === 8 ? 0xff : byte))],
    ["a header that is a list", "CORRUPT", file("[]", 0)],
    ["metadata that is not text", "CORRUPT", file({ __metadata__: { a: 1 } }, 0)],
    ["an entry without offsets", "CORRUPT", file({ a: { dtype: "F32", shape: [1] } }, 4)],
    ["a negative size", "CORRUPT", file({ a: f32(0, 4, [-1]) }, 4)],
    ["a fractional size", "CORRUPT", file({ a: f32(0, 6, [1.5]) }, 6)],
    ["a size that is not the shape's", "CORRUPT", file({ a: f32(0, 8, [3]) }, 8)],
    ["an end before its start", "CORRUPT", file({ a: f32(4, 0, [1]) }, 4)],
    ["tensors that overlap", "CORRUPT", file({ a: f32(0, 8), b: f32(4, 12) }, 12)],
    ["a gap between tensors", "CORRUPT", file({ a: f32(0, 4), b: f32(8, 12) }, 12)],
    ["a gap before the first tensor", "CORRUPT", file({ a: f32(4, 8) }, 8)],
    ["data cut short", "CORRUPT", file({ a: f32(0, 8) }, 7)],
    ["bytes behind the last tensor", "CORRUPT", file({ a: f32(0, 8) }, 9)],
    ["numbers of 64 bits", "UNSUPPORTED_DTYPE", file({ a: { dtype: "F64", shape: [1], data_offsets: [0, 8] } }, 8)],
    [
      "numbers of an unknown kind",
      "UNSUPPORTED_DTYPE",
      file({ a: { dtype: "Q4", shape: [2], data_offsets: [0, 1] } }, 1),
    ],
  ])("refuses %s as %s", async (_, code, bytes) => {
    const error = await failure(bytes);
    expect(error.code).toBe(code);
    expect(error.file).toBe("a.safetensors");
  });

  it("names the tensor that is wrong", async () => {
    expect((await failure(file({ a: f32(0, 4), b: f32(8, 12) }, 12))).tensor).toBe("b");
  });

  it("refuses a file at every length but its own", async () => {
    const whole = await goldenBytes("f16-x");
    for (let length = 0; length < whole.byteLength; length += 97) {
      expect((await failure(whole.subarray(0, length))).code).toBe("CORRUPT");
    }
  });
});

describe("encodeHeader", () => {
  it("writes the bytes that the safetensors package writes, apart from the order of the names", async () => {
    const golden = await goldenBytes("f32-x");
    const reader = await readSafetensors(memorySource(golden), "golden");
    const header = encodeHeader(reader.tensors, reader.metadata);
    expect(header.byteLength).toBe(reader.tensors[0]!.offset);
    const copy = Buffer.concat([header, golden.subarray(header.byteLength)]);
    expect(await numbersOf(copy)).toEqual(await numbersOf(golden));
  });

  it("pads the header to a multiple of eight bytes", () => {
    const file = safetensorsBytes([{ name: "é", shape: [1], values: Float32Array.of(1), type: "F32" }]);
    expect(file.readBigUInt64LE() % 8n).toBe(0n);
  });
});
