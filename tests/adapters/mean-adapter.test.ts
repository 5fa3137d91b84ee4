import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AdapterFolder, localFolder } from "../../adapters/folder.js";
import { writeMeanAdapter } from "../../adapters/mean-adapter.js";
import { readConfig, writeConfig } from "../../adapters/peft/config.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { goldenBytes, numbersOf, safetensorsBytes, type TensorValues, writeAdapter } from "./golden-files.js";

function tensors(a: readonly number[], b: readonly number[]): TensorValues[] {
  return [
    { name: "m.lora_A.weight", shape: [1, a.length], values: Float32Array.from(a), type: "F32" },
    { name: "m.lora_B.weight", shape: [b.length, 1], values: Float32Array.from(b), type: "F32" },
  ];
}

async function made(root: string, name: string, given: readonly TensorValues[], rank = 2): Promise<AdapterFolder> {
  const folder = localFolder(join(root, name));
  await writeAdapter(folder, safetensorsBytes(given), rank);
  return folder;
}

const weights = (root: string) => readFile(join(root, "mean", "adapter_model.safetensors"));

describe("writeMeanAdapter", () => {
  it("averages A and B apart, number by number, wherever a tensor lies in each file", async () => {
    const root = await temporaryDirectory();
    const one = await made(root, "one", tensors([1, 2], [3, -4, 0]));
    const other = await made(root, "other", tensors([2, 4], [0, -2, 1]).toReversed());
    const third = await made(root, "third", tensors([6, 0], [3, 0, 2]));
    await writeMeanAdapter([one, other, third], localFolder(join(root, "mean")));
    expect(await numbersOf(await weights(root))).toEqual(
      new Map([
        ["m.lora_A.weight", [3, 2]],
        ["m.lora_B.weight", [2, -2, 1]],
      ]),
    );
    expect(await readConfig(localFolder(join(root, "mean")))).toEqual(await readConfig(one));
  });

  it.each(["f32", "f16", "bf16"])("of one adapter is that adapter (%s)", async (type) => {
    const root = await temporaryDirectory();
    const bytes = await goldenBytes(`${type}-x`);
    const folder = localFolder(join(root, "one"));
    await writeAdapter(folder, bytes, 3);
    await writeMeanAdapter([folder, folder], localFolder(join(root, "mean")));
    expect(await numbersOf(await weights(root))).toEqual(await numbersOf(bytes));
  });

  it("writes nothing where adapters do not belong together", async () => {
    const root = await temporaryDirectory();
    const one = await made(root, "one", tensors([1], [1]));
    const into = localFolder(join(root, "mean"));
    const otherRank = await made(root, "rank", tensors([1], [1]), 4);
    await expect(writeMeanAdapter([one, otherRank], into)).rejects.toMatchObject({ code: "CONFIG_MISMATCH" });
    const otherShape = await made(root, "shape", tensors([1, 2], [1]));
    await expect(writeMeanAdapter([one, otherShape], into)).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
    const fewer = await made(root, "fewer", tensors([1], [1]).slice(0, 1));
    await expect(writeMeanAdapter([one, fewer], into)).rejects.toMatchObject({ code: "MISSING_TENSOR" });
    expect(await readdir(root)).not.toContain("mean");
  });

  it("refuses what is not finite and drops what it wrote of it", async () => {
    const root = await temporaryDirectory();
    const one = await made(root, "one", tensors([1], [1]));
    const bad = await made(root, "bad", tensors([1], [Infinity]));
    const into = localFolder(join(root, "mean"));
    await expect(writeMeanAdapter([one, bad], into)).rejects.toMatchObject({
      code: "NOT_FINITE",
      file: `${bad.address}/adapter_model.safetensors`,
      tensor: "m.lora_B.weight",
    });
    await expect(readdir(join(root, "mean"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it.each([
    { init_lora_weights: "pissa" },
    { alora_invocation_tokens: [900, 901] },
    { use_dora: true },
    { kasa_config: { beta: 1e-4 } },
  ])("refuses adapters that are not added to the base model as it is: %o", async (extra) => {
    const root = await temporaryDirectory();
    const folders = [await made(root, "one", tensors([1], [1])), await made(root, "two", tensors([1], [1]))] as const;
    const config = { ...(await readConfig(folders[0])), ...extra };
    const into = localFolder(join(root, "mean"));
    await writeConfig(folders[1], config);
    await expect(writeMeanAdapter(folders, into)).rejects.toMatchObject({ code: "CONFIG_MISMATCH" });
    await writeConfig(folders[0], config);
    await expect(writeMeanAdapter(folders, into)).rejects.toMatchObject({ code: "UNSUPPORTED_LORA" });
    expect(await readdir(root)).not.toContain("mean");
  });
});
