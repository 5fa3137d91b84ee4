import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AdapterFolder, localFolder, storeFolder } from "../../adapters/folder.js";
import { openWeights } from "../../adapters/open-part.js";
import { readConfig } from "../../adapters/peft/config.js";
import { DirectoryStore } from "../../store/directory-store.js";
import { gitLfsPointer } from "../support/git-lfs-pointer.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { goldenBytes, writeAdapter } from "./golden-files.js";

const KINDS: readonly (readonly [string, (root: string) => AdapterFolder])[] = [
  ["a local folder", (root) => localFolder(join(root, "adapter"))],
  [
    "a store's folder",
    (root) => storeFolder(new DirectoryStore({ uri: `file://${root}`, path: root, sync: false }), "adapter"),
  ],
];

describe.each(KINDS)("an adapter in %s", (_, open) => {
  async function made(): Promise<{ path: (file: string) => string; folder: AdapterFolder }> {
    const root = await temporaryDirectory();
    await writeAdapter(localFolder(join(root, "adapter")), await goldenBytes("f32-x"), 3);
    return { path: (file) => join(root, "adapter", file), folder: open(root) };
  }

  it("is opened with its header read", async () => {
    const { folder } = await made();
    const reader = await openWeights(folder);
    expect(reader.tensors).toHaveLength(12);
    await reader.source.close();
  });

  it.each([
    ["adapter_model.bin", /pickle.*save_pretrained/],
    ["adapter_model.safetensors.index.json", /several files.*one adapter_model\.safetensors/],
    ["model.safetensors", /whole model/],
  ])("is told to have %s in place of its weights", async (file, told) => {
    const { path, folder } = await made();
    await rm(path("adapter_model.safetensors"));
    await writeFile(path(file), "any");
    const opened = openWeights(folder);
    await expect(opened).rejects.toMatchObject({ code: "UNSUPPORTED_FORMAT", file: folder.address });
    await expect(opened).rejects.toThrow(told);
  });

  it("is told to be a whole model where that lies in the folder", async () => {
    const { path, folder } = await made();
    await rm(path("adapter_config.json"));
    await writeFile(path("config.json"), "{}");
    await expect(readConfig(folder)).rejects.toMatchObject({ code: "UNSUPPORTED_FORMAT" });
  });

  it("is not there where nothing is in the place of its weights", async () => {
    const { path, folder } = await made();
    await rm(path("adapter_model.safetensors"));
    await expect(openWeights(folder)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each(["adapter_model.safetensors", "adapter_config.json"])(
    "is told to be a Git LFS pointer where %s is one",
    async (file) => {
      const { path, folder } = await made();
      await writeFile(path(file), gitLfsPointer(4_747_392));
      const opened = file === "adapter_config.json" ? readConfig(folder) : openWeights(folder);
      await expect(opened).rejects.toMatchObject({ code: "NOT_DOWNLOADED", file: `${folder.address}/${file}` });
      await expect(opened).rejects.toThrow(/git lfs pull/);
    },
  );
});
