import { MockActivityEnvironment } from "@temporalio/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { retuneTaker, type RetuneTakerRequest } from "../../activities/retune-taker.js";
import { readFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { parseConfig } from "../../config/parse-config.js";
import { graderFor } from "../../models/graders/registry.js";
import { answerCompletion, answerPrompt } from "../../models/prompts.js";
import { writeJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import type { Store } from "../../store/store.js";
import { TINY_BUNDLE } from "../client/small-run.js";
import { MINIMAL } from "../config/minimal-config.js";
import { NO_INPUTS } from "./no-inputs.js";
import { runDependencies } from "./run-dependencies.js";
import { TinyModel } from "./tiny-model.js";

const RUN_ID = "example";
const ITERATION = 2;
const FOLDER = keys.taker(RUN_ID, ITERATION, "one");
const FROM = keys.moved(FOLDER);
const [A, B, C, D] = [
  "In the graph A-B-C, is there a cycle?",
  "In the graph D-E-F-D, is there a cycle?",
  "In the graph A-B-C-D, is there a cycle?",
  "In the graph A-B-C-A, is there a cycle?",
] as const;

describe("a test taker that is fine-tuned again after its move", () => {
  const tiny = new TinyModel();
  let store: Store;
  let retune: (written: readonly string[]) => Promise<unknown>;

  beforeEach(async () => {
    const started = await tiny.storeWithStart(FROM);
    const { directory } = started;
    store = started.store;
    const config = parseConfig(
      {
        ...MINIMAL,
        kind: "adversarial-swarm",
        seed: 3,
        heldOutData: "held-out.jsonl",
        generators: { ...MINIMAL.generators, clusters: 2 },
        takers: [{ name: "one", base: "base", adapter: "adapters/one" }],
        adversarial: {
          models: { retune: { every: 2, instances: 8 } },
          comparison: { sft: { epochs: 1, batchSize: 4, learningRate: 1e-2, schedule: "constant" } },
        },
      },
      "test",
    );
    const dependencies = runDependencies({ runId: RUN_ID, store, config, inputs: NO_INPUTS }, tiny.open.bind(tiny));
    const put = (folder: string, questions: readonly string[]): Promise<unknown> =>
      writeJsonLines(
        store,
        keys.questions(folder),
        questions.map((question, index) => ({ id: `${folder}-${index}`, question })),
      );
    await put(keys.window(RUN_ID, ITERATION), [B]);
    await put(keys.heldOut(RUN_ID, 0), [C]);
    await put(keys.test(RUN_ID), [D]);
    retune = async (written) => {
      await put(keys.particle(RUN_ID, ITERATION, 0), written.slice(0, 1));
      await put(keys.particle(RUN_ID, ITERATION, 1), written.slice(1));
      const request: RetuneTakerRequest = {
        run: { runId: RUN_ID, storeUri: directory },
        iteration: ITERATION,
        particle: 0,
        model: { base: TINY_BUNDLE, adapter: FROM },
        folder: FOLDER,
      };
      return new MockActivityEnvironment().run(retuneTaker, dependencies, request);
    };
  });

  const position = (): Promise<Float32Array> => readFlatAdapter(storeFolder(store, FOLDER), tiny.model.manifest.lora);

  /** The mean negative log-likelihood of the true answer to a question. */
  async function loss(adapter: Float32Array, question: string): Promise<number> {
    const examined = graderFor("graphs").examine(question);
    if (!examined.valid) throw new Error(examined.reason);
    const example = { prompt: answerPrompt(question), completion: answerCompletion(examined.truth) };
    return tiny.loss(adapter, [example]);
  }

  it("answers what the generators have just written with more likelihood than where its move ended", async () => {
    await retune([A, B]);
    expect(await loss(await position(), A)).toBeLessThan(await loss(tiny.start, A));
  });

  it("leaves the adapter that its move ended with as it was", async () => {
    await retune([A]);
    expect(await readFlatAdapter(storeFolder(store, FROM), tiny.model.manifest.lora)).toEqual(tiny.start);
  });

  it("learns nothing from questions that it is scored on: in the window, held out, or of the test", async () => {
    await retune([B, C, D]);
    expect(tiny.opened).toBe(0);
    expect(await position()).toEqual(tiny.start);
  });

  it("is trained once: another try finds it done, and ends with the same adapter", async () => {
    await retune([A]);
    const [first, trainings] = [await position(), tiny.opened];
    await retune([A]);
    expect(tiny.opened).toBe(trainings);
    expect(await position()).toEqual(first);
  });
});
