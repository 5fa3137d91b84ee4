import { MockActivityEnvironment } from "@temporalio/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { retuneGenerator, type RetuneRequest } from "../../activities/retune-generator.js";
import { readFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { parseConfig } from "../../config/parse-config.js";
import { graderFor } from "../../models/graders/registry.js";
import { generationCompletion, generationPrompt } from "../../models/prompts.js";
import { writeJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import type { Store } from "../../store/store.js";
import { TINY_BUNDLE } from "../client/small-run.js";
import { MINIMAL } from "../config/minimal-config.js";
import { NO_INPUTS } from "./no-inputs.js";
import { runDependencies } from "./run-dependencies.js";
import { TinyModel } from "./tiny-model.js";

const RUN_ID = "example";
const FOLDER = keys.particle(RUN_ID, 2, 0);
const FROM = keys.moved(FOLDER);
const [A, B] = ["In the graph A-B-C, is there a cycle?", "In the graph D-E-F-D, is there a cycle?"] as const;

describe("a particle that is fine-tuned again after its move", () => {
  const tiny = new TinyModel();
  let store: Store;
  let retune: (found?: readonly string[]) => Promise<unknown>;

  beforeEach(async () => {
    const started = await tiny.storeWithStart(FROM);
    const { directory } = started;
    store = started.store;
    const config = parseConfig(
      {
        ...MINIMAL,
        seed: 3,
        generators: {
          ...MINIMAL.generators,
          examplesPerPrompt: 1,
          sft: { epochs: 1, batchSize: 4, learningRate: 1e-2, schedule: "constant" },
          sampling: { from: "found" },
        },
        swarm: { retune: { every: 2, instances: 8 } },
      },
      "test",
    );
    const inputs = { ...NO_INPUTS, generatorBase: TINY_BUNDLE };
    const dependencies = runDependencies({ runId: RUN_ID, store, config, inputs }, tiny.open.bind(tiny));
    retune = async (found = [A, B]) => {
      const examples = found.map((_, index) => keys.examples(keys.particle(RUN_ID, 1, index)));
      for (const [index, question] of found.entries())
        await writeJsonLines(store, examples[index]!, [{ id: `q${index}`, question }]);
      const request: RetuneRequest = {
        run: { runId: RUN_ID, storeUri: directory },
        iteration: 2,
        particle: 0,
        from: FROM,
        examples,
        folder: FOLDER,
      };
      return new MockActivityEnvironment().run(retuneGenerator, dependencies, request);
    };
  });

  const position = (): Promise<Float32Array> => readFlatAdapter(storeFolder(store, FOLDER), tiny.model.manifest.lora);

  /** The mean negative log-likelihood of writing one of the two questions after the other, before a step is taken. */
  async function loss(adapter: Float32Array): Promise<number> {
    const { description } = graderFor("graphs");
    const examples = [
      [A, B],
      [B, A],
    ].map(([shown, learnt]) => ({
      prompt: generationPrompt(description, [shown!]),
      completion: generationCompletion([learnt!]),
    }));
    return tiny.loss(adapter, examples);
  }

  it("writes what was found with more likelihood than where its move ended", async () => {
    await retune();
    expect(await loss(await position())).toBeLessThan(await loss(tiny.start));
  });

  it("leaves the adapter that its move ended with as it was", async () => {
    await retune();
    expect(await readFlatAdapter(storeFolder(store, FROM), tiny.model.manifest.lora)).toEqual(tiny.start);
  });

  it("stays where it is when there is only one question, from which no instance can be made", async () => {
    await retune([A]);
    expect(tiny.opened).toBe(0);
    expect(await position()).toEqual(tiny.start);
  });

  it("is trained once: another try finds it done, and ends with the same adapter", async () => {
    await retune();
    const [first, trainings] = [await position(), tiny.opened];
    await retune();
    expect(tiny.opened).toBe(trainings);
    expect(await position()).toEqual(first);
  });
});
