import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runInputsSchema } from "../../activities/run/run-inputs.js";
import { stageChild } from "../../activities/run/stage-child.js";
import { loadRunConfig } from "../../client/load-run-config.js";
import { readStoredConfig } from "../../client/read-stored-config.js";
import { prepareRun } from "../../client/stage-run.js";
import { StagedWrites } from "../../client/staged-writes.js";
import { readFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { openBundle } from "../../models/onnx/bundle.js";
import { questionSchema } from "../../models/records.js";
import { putArtifact } from "../../store/artifacts.js";
import { keys } from "../../store/keys.js";
import { readJson } from "../../store/json.js";
import { readJsonLines } from "../../store/json-lines.js";
import { openStore } from "../../store/open-store.js";
import { StoreError } from "../../store/store-error.js";
import { RunCache } from "../../workers/run-cache.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { TINY_BUNDLE, writeSmallRun } from "./small-run.js";

const folder = await temporaryDirectory();

describe("staging a run", () => {
  it("lays out config, inputs, seed data and adapters, so that a worker elsewhere finds all of them", async () => {
    const { config } = await writeSmallRun(join(folder, "whole"));
    const loaded = await loadRunConfig(config, {});
    const { run, inputs } = await (await prepareRun(loaded)).stage();
    const store = await openStore(run.storeUri);
    expect(await readJson(store, keys.inputs(run.runId), runInputsSchema)).toEqual(inputs);
    expect(inputs.configDigest).toBe(loaded.configDigest);
    expect(await readJsonLines(store, inputs.seedData.key, questionSchema)).toHaveLength(2);
    const { manifest } = await openBundle(TINY_BUNDLE);
    const adapter = await readFlatAdapter(storeFolder(store, inputs.takers[0]!.adapter!), manifest.lora);
    expect(adapter[0]).toBeCloseTo(0.01);
  });

  it("lays out an objective of the user's own, and a changed one is another run", async () => {
    const { config } = await writeSmallRun(join(folder, "own"));
    const path = join(folder, "own", "mine.mjs");
    const needs = "{ takers: 1, questionSets: 1, seedPerformance: false, relevance: false }";
    const write = (score: number) =>
      writeFile(path, `export default { name: "mine", description: "d", needs: ${needs}, score: () => ${score} };`);
    await write(0.25);
    const set = ["objective={./mine.mjs: 0.5, difficult: 0.5}"];
    const loaded = await loadRunConfig(config, { set });
    const { run } = await (await prepareRun(loaded)).stage();
    await write(0.75);
    expect((await loadRunConfig(config, { set })).configDigest).not.toBe(loaded.configDigest);
    const { objective } = await new RunCache().open(run);
    expect(objective.score({ performance: [[1, 0]] })).toBeCloseTo(0.5 * 0.25 + 0.5 * 0.5, 12);
    expect(run.modules).toHaveLength(1);
    await rm(path);
    await expect(loadRunConfig(config, { set })).rejects.toMatchObject({ code: "INVALID_CONFIG" });
  });

  it("has no objective imported that whoever started it did not name, though the store was changed to name it", async () => {
    const { config } = await writeSmallRun(join(folder, "hostile"));
    const needs = "{ takers: 1, questionSets: 1, seedPerformance: false, relevance: false }";
    const text = (name: string, before = ""): string =>
      `${before}export default { name: "${name}", description: "d", needs: ${needs}, score: () => 0.5 };`;
    await writeFile(join(folder, "hostile", "mine.mjs"), text("mine"));
    const prepared = await prepareRun(await loadRunConfig(config, { set: ["objective=./mine.mjs"] }));
    const { run, inputs } = await prepared.stage();
    const { store } = prepared;
    const other = await putArtifact(store, text("other", "globalThis.objectiveOfAnotherRan = true; "));
    const objectives = Object.fromEntries(Object.keys(inputs.objectives).map((path) => [path, other]));
    await store.put(keys.inputs(run.runId), JSON.stringify({ ...inputs, objectives }));

    const context = await new RunCache().open(run);
    expect(() => context.objective).toThrow(
      expect.objectContaining({ type: "UntrustedObjective", nonRetryable: true }),
    );
    expect(globalThis).not.toHaveProperty("objectiveOfAnotherRan");
    const child = await stageChild(context, { runId: "hostile-child", changes: { seed: 2 } });
    expect(child.modules).toEqual(run.modules);
  });

  it("names a run that nobody named by its config's name and digest", async () => {
    const { config } = await writeSmallRun(join(folder, "named"));
    const plain = await loadRunConfig(config, {});
    expect(plain.runId).toBe(`small-${plain.configDigest.slice(0, 8)}`);
    expect((await loadRunConfig(config, { set: ["seed=2"] })).runId).not.toBe(plain.runId);
    expect((await loadRunConfig(config, { id: "mine" })).runId).toBe("mine");
  });

  it("changes nothing the second time, and refuses another config under the same id", async () => {
    const { config } = await writeSmallRun(join(folder, "again"));
    const loaded = await loadRunConfig(config, { id: "again" });
    const first = await (await prepareRun(loaded)).stage();
    const again = await prepareRun(loaded);
    expect(again.existing).toEqual(first.inputs);
    const other = await loadRunConfig(config, { id: "again", set: ["seed=2"] });
    await expect(prepareRun(other)).rejects.toMatchObject({ code: "OTHER_CONFIG" });
  });

  it("takes over a new pace of asking an endpoint into a run that goes on", async () => {
    const { config } = await writeSmallRun(join(folder, "pace"));
    const remote = "takers.0={name: remote, endpoint: 'http://localhost:8000/v1', model: small";
    const load = (concurrency: number) =>
      loadRunConfig(config, { id: "pace", set: [`${remote}, concurrency: ${concurrency}}`] });
    const { run, inputs } = await (await prepareRun(await load(2))).stage();
    expect((await (await prepareRun(await load(32))).stage()).inputs).toEqual(inputs);
    const stored = await readStoredConfig(await openStore(run.storeUri), "pace");
    expect(stored.takers).toMatchObject([{ concurrency: 32 }]);
  });

  it("takes back what it wrote where the store is full before the end", async () => {
    const { config, storePath } = await writeSmallRun(join(folder, "full"));
    const prepared = await prepareRun(await loadRunConfig(config, {}));
    const full = new StoreError({ code: "NO_SPACE", uri: prepared.run.storeUri, problem: "full" });
    // After artifacts and config.yaml, before the mark that the run is whole.
    await expect(prepared.stage(() => Promise.reject(full))).rejects.toMatchObject({ code: "NO_SPACE" });
    const left = await readdir(storePath, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it("takes back only what it wrote itself", async () => {
    const store = await openStore(join(folder, "shared"));
    await store.put("artifacts/kept", "before");
    const writes = new StagedWrites(store);
    await writes.put("artifacts/kept", "after");
    await writes.put("runs/x/config.yaml", "new");
    await writes.undo();
    expect(await store.stat("artifacts/kept")).toBeDefined();
    expect(await store.stat("runs/x/config.yaml")).toBeUndefined();
  });
});
