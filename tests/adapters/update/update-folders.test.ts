import { createHash } from "node:crypto";
import { cp, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { localFolder, storeFolder } from "../../../adapters/folder.js";
import { plainConfig, readConfig, writeConfig } from "../../../adapters/peft/config.js";
import { updateFolders, type UpdateFolders } from "../../../adapters/update/update-folders.js";
import { DirectoryStore } from "../../../store/directory-store.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";
import { goldenBytes, goldenCoefficients, writeAdapter } from "../golden-files.js";

/** Folders `x v p g w` below `root` with the golden f32 adapters. */
async function swarm(root: string): Promise<Required<UpdateFolders>> {
  const folder = async (role: string) => {
    const made = localFolder(join(root, role));
    await writeAdapter(made, await goldenBytes(`f32-${role}`), 3);
    return made;
  };
  return {
    position: await folder("x"),
    velocity: await folder("v"),
    personalBest: await folder("p"),
    globalBest: await folder("g"),
    globalWorst: await folder("w"),
  };
}

const results = (root: string) => ({
  velocity: localFolder(join(root, "next-v")),
  position: localFolder(join(root, "next-x")),
});

describe("updateFolders", () => {
  it("writes two whole adapter folders with the position's configuration", async () => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    const written = await updateFolders(folders, await goldenCoefficients(), results(root));
    for (const role of ["velocity", "position"] as const) {
      const path = join(root, role === "velocity" ? "next-v" : "next-x");
      expect((await readdir(path)).sort()).toEqual(["adapter_config.json", "adapter_model.safetensors"]);
      const bytes = await readFile(join(path, "adapter_model.safetensors"));
      expect(written[role].sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
      expect(written[role].bytes).toBe(bytes.byteLength);
      expect(await readConfig(localFolder(path))).toEqual(await readConfig(folders.position));
    }
  });

  it("writes the same digests through a store", async () => {
    const root = await temporaryDirectory();
    await swarm(root);
    const local = await updateFolders(await swarm(root), await goldenCoefficients(), results(root));
    const store = new DirectoryStore({ uri: `file://${root}`, path: root, sync: false });
    const inStore = (name: string) => storeFolder(store, name);
    const stored = await updateFolders(
      {
        position: inStore("x"),
        velocity: inStore("v"),
        personalBest: inStore("p"),
        globalBest: inStore("g"),
        globalWorst: inStore("w"),
      },
      await goldenCoefficients(),
      { velocity: inStore("stored-v"), position: inStore("stored-x") },
    );
    expect(stored.velocity.sha256).toBe(local.velocity.sha256);
    expect(stored.position.sha256).toBe(local.position.sha256);
    expect(stored.position.key).toBe("stored-x/adapter_model.safetensors");
    expect(await readConfig(inStore("stored-v"))).toEqual(await readConfig(inStore("x")));
  });

  it("can write over the adapter it reads", async () => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    const apart = await updateFolders(folders, await goldenCoefficients(), results(root));
    const inPlace = await updateFolders(folders, await goldenCoefficients(), {
      velocity: folders.velocity,
      position: folders.position,
    });
    expect(inPlace.position.sha256).toBe(apart.position.sha256);
    expect(inPlace.velocity.sha256).toBe(apart.velocity.sha256);
  });

  it.each([
    { init_lora_weights: "pissa" },
    { alora_invocation_tokens: [900, 901] },
    { kasa_config: { beta: 1e-4, gamma: 1e-3 } },
    { use_bdlora: { target_modules_bd_a: ["q_proj"], nblocks: 2 } },
    { target_parameters: ["mlp.experts.gate_up_proj"] },
    { a_later_field: 1 },
  ])("moves adapters only among those that agree in %o", async (extra) => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    const plain = await readConfig(folders.position);
    await writeConfig(folders.globalBest, { ...plain, ...extra });
    const before = await readdir(root);
    const update = async () => updateFolders(folders, await goldenCoefficients(), results(root));
    await expect(update()).rejects.toMatchObject({ name: "AdapterError", code: "CONFIG_MISMATCH" });
    expect(await readdir(root)).toEqual(before);
    for (const folder of Object.values(folders)) await writeConfig(folder, { ...plain, ...extra });
    await update();
    expect(await readConfig(results(root).position)).toEqual({ ...plain, ...extra });
  });

  it("moves adapters of experts' parameters, which target no module", async () => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    const { target_modules: _, ...plain } = await readConfig(folders.position);
    const config = { ...plain, target_parameters: ["mlp.experts.gate_up_proj"] };
    for (const folder of Object.values(folders)) await writeConfig(folder, config);
    await updateFolders(folders, await goldenCoefficients(), results(root));
    expect(await readConfig(results(root).position)).toEqual(config);
  });

  it.each<[string, string, (root: string) => Promise<void>]>([
    ["a file is cut short", "CORRUPT", (root) => truncate(join(root, "g/adapter_model.safetensors"), 1000)],
    [
      "a file is no safetensors",
      "CORRUPT",
      (root) => writeFile(join(root, "w/adapter_model.safetensors"), "hello, hello"),
    ],
    ["ranks differ", "CONFIG_MISMATCH", (root) => writeRank(join(root, "p"), 4)],
    [
      "another kind of file is in the place",
      "CORRUPT",
      (root) => cp(join(root, "x/adapter_config.json"), join(root, "x/adapter_model.safetensors")),
    ],
  ])("leaves nothing where %s", async (_, code, spoil) => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    await spoil(root);
    const before = await readdir(root);
    const update = updateFolders(folders, await goldenCoefficients(), results(root));
    await expect(update).rejects.toMatchObject({ name: "AdapterError", code });
    expect(await readdir(root)).toEqual(before);
  });
});

async function writeRank(path: string, rank: number): Promise<void> {
  await writeConfig(localFolder(path), plainConfig({ rank, alpha: 16, targetModules: ["q_proj", "v_proj"] }));
}
