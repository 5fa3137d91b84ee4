import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBundle } from "../../../models/onnx/bundle.js";
import { EmbeddedModel } from "../../../models/onnx/embedded-model.js";
import { gitLfsPointer } from "../../support/git-lfs-pointer.js";
import { BUNDLES } from "./golden.js";

describe("opening a bundle", () => {
  let folder: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "bundle-")), "tiny");
    await cp(BUNDLES.tiny, folder, { recursive: true });
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true }));

  async function editManifest(edit: (manifest: Record<string, unknown>) => void): Promise<void> {
    const path = join(folder, "onnx", "manifest.json");
    const manifest = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
    edit(manifest);
    await writeFile(path, JSON.stringify(manifest));
  }

  it("gives the adapter's layout in ascending order of name without gaps", async () => {
    const { adapterLayout, manifest } = await openBundle(folder);
    expect(adapterLayout.map(({ name }) => name)).toEqual(adapterLayout.map(({ name }) => name).toSorted());
    const numbers = adapterLayout.reduce((sum, { shape: [rows, columns] }) => sum + rows * columns, 0);
    expect(numbers).toBe(manifest.lora.parameters);
  });

  it.each(["onnx/manifest.json", "onnx/decode.onnx", "model.safetensors", "tokenizer.json"])(
    "says that %s is missing",
    async (file) => {
      await rm(join(folder, file));
      await expect(openBundle(folder)).rejects.toMatchObject({ name: "BundleError", code: "missing-file" });
    },
  );

  it.each(["onnx/manifest.json", "onnx/decode.onnx", "model.safetensors", "tokenizer.json"])(
    "says that a Git LFS pointer stands in place of %s",
    async (file) => {
      await writeFile(join(folder, file), gitLfsPointer(16_000_000));
      const opened = openBundle(folder);
      await expect(opened).rejects.toMatchObject({ name: "BundleError", code: "not-downloaded" });
      await expect(opened).rejects.toThrow(`${join(folder, file)} is a Git LFS pointer`);
    },
  );

  it("refuses a manifest that is not JSON", async () => {
    await writeFile(join(folder, "onnx", "manifest.json"), "{");
    await expect(openBundle(folder)).rejects.toMatchObject({ code: "invalid-file" });
  });

  it("refuses a manifest of another format", async () => {
    await editManifest((manifest) => (manifest["format"] = "data-swarms-onnx/9"));
    await expect(openBundle(folder)).rejects.toMatchObject({ code: "invalid-file" });
  });

  it("refuses a layout whose tensors leave a gap", async () => {
    await editManifest((manifest) => {
      const lora = manifest["lora"] as { tensors: { offset: number }[] };
      lora.tensors[1]!.offset++;
    });
    await expect(openBundle(folder)).rejects.toMatchObject({ code: "invalid-file" });
  });

  it("refuses weights that the graphs were not exported from", async () => {
    const weights = await readFile(join(folder, "model.safetensors"));
    weights[weights.length - 1]! ^= 1;
    await writeFile(join(folder, "model.safetensors"), weights);
    await expect(openBundle(folder)).rejects.toMatchObject({ code: "mismatch" });
  });

  it("says in a request which graph can not be opened", async () => {
    await writeFile(join(folder, "onnx", "decode.onnx"), "not a graph");
    const model = await EmbeddedModel.open(folder, { threads: 1 });
    const request = { prompt: "A", random: { seed: 1, purpose: "test" } };
    const sampling = { temperature: 0, topP: 1, maxNewTokens: 1 };
    await expect(model.generate([request], { sampling })).rejects.toMatchObject({ code: "invalid-file" });
    await model.close();
  });
});
