import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { forkRun } from "../../client/fork-run.js";
import { loadRunConfig } from "../../client/load-run-config.js";
import { packageRoot } from "../../config/package-root.js";
import { workflowId } from "../../config/queues.js";
import { initialAdapter } from "../../models/onnx/initial-adapter.js";
import { openBundle } from "../../models/onnx/bundle.js";
import type { RunResult } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import { SMOKE, SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();
const RUN_ID = "with-base";
const CLUSTERS = 2;
const SMALL = [
  "generators.sft.instances=16",
  "swarm.questionsPerIteration=8",
  "swarm.maxIterations=1",
  "evaluation.freshQuestions=8",
];

interface Sampled {
  readonly adapter: string;
  readonly cluster: number | null;
}

describe("a run whose base model is one of its particles", () => {
  let result: RunResult;

  beforeAll(async () => {
    await engine.startWorkers();
    const set = ["generators.includeBase=true", "iterationsPerExecution=9", ...SMALL];
    result = await (await engine.start({ id: RUN_ID, store: directory, set })).result();
  });

  it("has one particle more than clusters, in every iteration and among the initial ones", () => {
    expect(result.iterations.map(({ scores }) => scores.length)).toEqual([CLUSTERS + 1, CLUSTERS + 1]);
    expect(result.initial.map(({ particle }) => particle)).toEqual([0, 1, 2]);
  });

  it("starts it as what all generators are fine-tuned from, and moves it with them", async () => {
    const { manifest } = await openBundle(join(packageRoot(), "fixtures", "models", "small"));
    const store = await openStore(directory);
    const position = (iteration: number, particle: number): Promise<Float32Array> =>
      readFlatAdapter(storeFolder(store, keys.particle(RUN_ID, iteration, particle)), manifest.lora);
    const start = initialAdapter(manifest.lora, 1);
    expect(await position(0, CLUSTERS)).toEqual(start);
    expect(await position(0, 0)).not.toEqual(start);
    expect(await position(1, CLUSTERS)).not.toEqual(start);
  });

  it("fine-tunes the generators of the clusters alone", async () => {
    const tuned = await engine.activityInputs<{ readonly cluster: number }>(workflowId(RUN_ID), "fineTuneGenerator");
    expect(tuned.map(({ cluster }) => cluster)).toEqual([0, 1]);
  });

  it("shows it questions of all clusters, and every generator those of its own", async () => {
    const sampled = await engine.activityInputs<Sampled>(workflowId(RUN_ID), "sampleQuestions");
    const shown = (particle: number): unknown[] =>
      sampled.filter(({ adapter }) => adapter === keys.particle(RUN_ID, 0, particle)).map(({ cluster }) => cluster);
    for (const particle of [0, 1]) expect(new Set(shown(particle))).toEqual(new Set([particle]));
    expect(new Set(shown(CLUSTERS))).toEqual(new Set([null]));
  });

  it("is not gone on from without it", async () => {
    const loaded = await loadRunConfig(SMOKE, { id: "without", store: directory, set: SMALL });
    await expect(forkRun(`${RUN_ID}@0`, loaded)).rejects.toThrow(
      `--from ${RUN_ID}@0: the base model is one of its particles; set generators.includeBase to true`,
    );
  });
});
