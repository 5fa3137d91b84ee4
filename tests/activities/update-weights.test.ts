import { MockActivityEnvironment } from "@temporalio/testing";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { updateWeights, type UpdateRequest } from "../../activities/update-weights.js";
import { localFolder, storeFolder } from "../../adapters/folder.js";
import { deltaUpdateFolders } from "../../adapters/update/delta-update.js";
import { updateFolders } from "../../adapters/update/update-folders.js";
import { parseConfig } from "../../config/parse-config.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import type { ParticlePlan } from "../../swarm/plan.js";
import { goldenBytes, goldenCoefficients, writeAdapter } from "../adapters/golden-files.js";
import { MINIMAL } from "../config/minimal-config.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { NO_INPUTS } from "./no-inputs.js";
import { runDependencies } from "./run-dependencies.js";

const RUN_ID = "example";
const FOLDER = keys.particle(RUN_ID, 1, 0);

interface Moved {
  readonly store: Store;
  readonly directory: string;
  readonly request: UpdateRequest;
  readonly update: () => ReturnType<typeof updateWeights>;
}

/** A run whose store holds the golden adapters in folders `x v p g w`, about to move one particle. */
async function particle(swarm: Readonly<Record<string, unknown>>, move: Partial<ParticlePlan> = {}): Promise<Moved> {
  const directory = await temporaryDirectory();
  const store = await openStore(directory);
  for (const role of ["x", "v", "p", "g", "w"])
    await writeAdapter(storeFolder(store, role), await goldenBytes(`f32-${role}`), 3);
  const config = parseConfig({ ...MINIMAL, swarm }, "test");
  const dependencies = runDependencies({ runId: RUN_ID, store, config, inputs: NO_INPUTS }, () =>
    Promise.reject(new Error("no model is needed")),
  );
  const request: UpdateRequest = {
    run: { runId: RUN_ID, storeUri: directory },
    folder: FOLDER,
    velocityFolder: keys.velocity(RUN_ID, 1, 0),
    move: {
      particle: 0,
      position: "x",
      velocity: "v",
      startTowards: null,
      personalBest: "p",
      globalBest: "g",
      globalWorst: "w",
      coefficients: await goldenCoefficients(),
      restarts: false,
      ...move,
    },
  };
  const environment = new MockActivityEnvironment();
  return { store, directory, request, update: () => environment.run(updateWeights, dependencies, request) };
}

async function json(store: Store, key: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await store.get(key))) as unknown;
}

const folders = (store: Store) => ({
  position: storeFolder(store, "x"),
  velocity: storeFolder(store, "v"),
  personalBest: storeFolder(store, "p"),
  globalBest: storeFolder(store, "g"),
  globalWorst: storeFolder(store, "w"),
});

async function written(store: Store): Promise<Buffer[]> {
  const found = [FOLDER, keys.velocity(RUN_ID, 1, 0)].map((folder) => store.get(keys.adapterModel(folder)));
  return (await Promise.all(found)).map((bytes) => Buffer.from(bytes));
}

async function expected(directory: string): Promise<Buffer[]> {
  const files = ["position", "velocity"].map(async (name) => {
    const source = await localFolder(join(directory, "expected", name)).open("adapter_model.safetensors");
    const bytes = Buffer.from(await source.read(0, source.size));
    await source.close();
    return bytes;
  });
  return Promise.all(files);
}

const into = (directory: string) => ({
  position: localFolder(join(directory, "expected", "position")),
  velocity: localFolder(join(directory, "expected", "velocity")),
});

describe("updateWeights", () => {
  it("moves A and B apart unless told otherwise, and says nothing of truncation", async () => {
    const { store, directory, request, update } = await particle({});
    const done = await update();
    expect(Object.keys(done)).toEqual(["usage"]);
    expect(await store.stat(keys.truncation(FOLDER))).toBeUndefined();
    await updateFolders(folders(store), request.move.coefficients, into(directory));
    expect(await written(store)).toEqual(await expected(directory));
  });

  it("moves weight changes in swarm.space delta, and keeps what they lost to their rank", async () => {
    const { store, directory, request, update } = await particle({ space: "delta" });
    const done = await update();
    const { truncation, modules } = await deltaUpdateFolders(
      folders(store),
      request.move.coefficients,
      into(directory),
    );
    expect(await written(store)).toEqual(await expected(directory));
    expect(done.truncation).toEqual(truncation);
    expect(await json(store, keys.truncation(FOLDER))).toEqual({ overall: truncation, modules });
    expect(await json(store, keys.updated(FOLDER))).toEqual(done);
    expect(await update()).toEqual(done);
  });

  it("starts weight changes towards another particle", async () => {
    const { store, directory, request, update } = await particle(
      { space: "delta", startVelocity: "random" },
      { velocity: null, startTowards: "v" },
    );
    await update();
    const { velocity: startTowards, ...others } = folders(store);
    await deltaUpdateFolders({ ...others, startTowards }, request.move.coefficients, into(directory));
    expect(await written(store)).toEqual(await expected(directory));
  });

  it("lets x stand in for a best that does not exist", async () => {
    const coefficients = { ...(await goldenCoefficients()), personalBest: 0, globalBest: 0 };
    const { store, directory, update } = await particle(
      { space: "delta" },
      { personalBest: null, globalBest: null, coefficients },
    );
    await update();
    await deltaUpdateFolders(folders(store), coefficients, into(directory));
    expect(await written(store)).toEqual(await expected(directory));
  });
});
