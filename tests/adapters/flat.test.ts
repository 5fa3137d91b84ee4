import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFlatAdapter, writeFlatAdapter, type FlatLayout } from "../../adapters/flat.js";
import { localFolder } from "../../adapters/folder.js";
import { narrowNumber, widenNumber } from "../../adapters/kernel/reference.js";
import { plainConfig, writeConfig } from "../../adapters/peft/config.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { goldenBytes, numbersOf, openGolden, safetensorsBytes, writeAdapter } from "./golden-files.js";

const LAYOUT: FlatLayout = {
  rank: 2,
  alpha: 16,
  targetModules: ["q_proj", "v_proj"],
  parameters: 11,
  tensors: [
    { name: "a.lora_A.weight", shape: [2, 3], offset: 0 },
    { name: "a.lora_B.weight", shape: [1, 5], offset: 6 },
  ],
};
const FLAT = Float32Array.from({ length: 11 }, (_, index) => Math.fround(Math.sin(index) / 7));

describe("a flat adapter", () => {
  it("comes back from a PEFT folder as it was written", async () => {
    const folder = localFolder(join(await temporaryDirectory(), "adapter"));
    const reference = await writeFlatAdapter(folder, LAYOUT, FLAT);
    expect(await readFlatAdapter(folder, LAYOUT)).toEqual(FLAT);
    expect(reference.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(["F16", "BF16"] as const)("is rounded once when stored as %s", async (type) => {
    const folder = localFolder(await temporaryDirectory());
    await writeFlatAdapter(folder, LAYOUT, FLAT, { type });
    const wanted = FLAT.map((value) => widenNumber(type, narrowNumber(type, value)));
    expect(await readFlatAdapter(folder, LAYOUT)).toEqual(wanted);
  });

  it.each(["f32", "f16", "bf16"])(
    "takes tensors by name from a file of %s that the safetensors package wrote",
    async (type) => {
      const golden = await openGolden(`${type}-x`);
      const tensors = [...golden.tensors].sort((left, right) => (left.name < right.name ? 1 : -1));
      let parameters = 0;
      const layout = {
        ...LAYOUT,
        tensors: tensors.map(({ name, shape, count }) => {
          parameters += count;
          return { name, shape, offset: parameters - count };
        }),
      };
      const folder = localFolder(await temporaryDirectory());
      await writeAdapter(folder, await goldenBytes(`${type}-x`));
      const numbers = await numbersOf(await goldenBytes(`${type}-x`));
      const wanted = tensors.flatMap(({ name }) => numbers.get(name)!);
      expect([...(await readFlatAdapter(folder, { ...layout, parameters }))]).toEqual(wanted);
    },
  );

  const tensor = (name: string, shape: number[]): Parameters<typeof safetensorsBytes>[0][number] => {
    const count = shape.reduce((product, size) => product * size, 1);
    return { name, shape, values: new Float32Array(count), type: "F32" };
  };

  it.each([
    ["SHAPE_MISMATCH", "a.lora_A.weight", [tensor("a.lora_A.weight", [3, 2]), tensor("a.lora_B.weight", [1, 5])]],
    ["MISSING_TENSOR", "a.lora_B.weight", [tensor("a.lora_A.weight", [2, 3])]],
    [
      "UNEXPECTED_TENSOR",
      "b",
      [tensor("a.lora_A.weight", [2, 3]), tensor("a.lora_B.weight", [1, 5]), tensor("b", [1])],
    ],
  ])("is refused as %s of %s", async (code, name, tensors) => {
    const folder = localFolder(await temporaryDirectory());
    await writeAdapter(folder, safetensorsBytes(tensors));
    await expect(readFlatAdapter(folder, LAYOUT)).rejects.toMatchObject({ code, tensor: name });
  });

  it.each(["F32", "F16", "BF16"] as const)("is refused where a number of it is not finite (%s)", async (type) => {
    const folder = localFolder(await temporaryDirectory());
    const [nan, infinite] = type === "BF16" ? [0x7fc0, 0x7f80] : [0x7e00, 0x7c00];
    for (const bad of type === "F32" ? [NaN, -Infinity] : [nan, infinite]) {
      const make = type === "F32" ? Float32Array : Uint16Array;
      const [a, b] = [new make(6), new make(5)];
      b[3] = bad;
      const tensors = [
        { name: "a.lora_A.weight", shape: [2, 3], values: a, type },
        { name: "a.lora_B.weight", shape: [1, 5], values: b, type },
      ];
      await writeAdapter(folder, safetensorsBytes(tensors));
      const read = readFlatAdapter(folder, LAYOUT);
      await expect(read).rejects.toMatchObject({ code: "NOT_FINITE", tensor: "a.lora_B.weight" });
      await expect(read).rejects.toThrow(/number 3 is (NaN|-?Infinity)/);
    }
  });

  it("is refused where its scaling is not the model's", async () => {
    const folder = localFolder(await temporaryDirectory());
    await writeFlatAdapter(folder, LAYOUT, FLAT);
    await expect(readFlatAdapter(folder, { ...LAYOUT, alpha: 32 })).rejects.toMatchObject({ code: "CONFIG_MISMATCH" });
  });

  it.each([
    { use_dora: true },
    { use_rslora: true },
    { bias: "all" },
    { alpha_pattern: { q_proj: 4 } },
    { init_lora_weights: "pissa" },
    { init_lora_weights: "olora" },
    { alora_invocation_tokens: [900, 901] },
    { kasa_config: { beta: 1e-4, gamma: 1e-3 } },
    { a_later_field: true },
  ])("is refused where it is no plain LoRA: %o", async (extra) => {
    const folder = localFolder(await temporaryDirectory());
    await writeFlatAdapter(folder, LAYOUT, FLAT);
    await writeConfig(folder, { ...plainConfig(LAYOUT), ...extra });
    await expect(readFlatAdapter(folder, LAYOUT)).rejects.toMatchObject({ code: "UNSUPPORTED_LORA" });
  });

  it.each([
    ["text", "nope"],
    ["another method", JSON.stringify({ peft_type: "PREFIX_TUNING" })],
    ["no rank", JSON.stringify({ peft_type: "LORA", lora_alpha: 1, target_modules: ["q"] })],
    ["a rank of zero", JSON.stringify({ peft_type: "LORA", r: 0, lora_alpha: 1, target_modules: ["q"] })],
    ["no targets", JSON.stringify({ peft_type: "LORA", r: 2, lora_alpha: 1, target_modules: [] })],
  ])("is refused where its configuration is %s", async (_, config) => {
    const path = await temporaryDirectory();
    await writeFlatAdapter(localFolder(path), LAYOUT, FLAT);
    await writeFile(join(path, "adapter_config.json"), config);
    await expect(readFlatAdapter(localFolder(path), LAYOUT)).rejects.toMatchObject({ code: "INVALID_CONFIG" });
  });

  it("is not there where the folder or a file is missing", async () => {
    const path = await temporaryDirectory();
    await expect(readFlatAdapter(localFolder(path), LAYOUT)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await writeConfig(localFolder(path), plainConfig(LAYOUT));
    await expect(readFlatAdapter(localFolder(path), LAYOUT)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    ["F32", NaN],
    ["F32", Infinity],
    ["F16", 70000],
    ["BF16", 3.4e38],
  ] as const)("is not written as %s where it holds %d", async (type, value) => {
    const path = join(await temporaryDirectory(), "adapter");
    const flat = FLAT.with(7, value);
    await expect(writeFlatAdapter(localFolder(path), LAYOUT, flat, { type })).rejects.toMatchObject({
      code: "NOT_FINITE",
      tensor: "a.lora_B.weight",
    });
    await expect(readdir(path)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("is not written where its length is not the layout's", async () => {
    const folder = localFolder(await temporaryDirectory());
    await expect(writeFlatAdapter(folder, LAYOUT, FLAT.slice(1))).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  });
});
