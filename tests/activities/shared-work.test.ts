/** Sampling and answering by several runs on one store, with a model that is asked and counted, not computed. */
import { createHash } from "node:crypto";
import { MockActivityEnvironment } from "@temporalio/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerQuestions } from "../../activities/answer-questions.js";
import {
  type SampleRequest,
  idPrefix,
  sampleQuestions,
  type SampleSummary,
} from "../../activities/sample-questions.js";
import type { WorkDone } from "../../activities/durability/usage-schema.js";
import { writeFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { parseConfig } from "../../config/parse-config.js";
import { openBundle } from "../../models/onnx/bundle.js";
import type { EmbeddedModel } from "../../models/onnx/embedded-model.js";
import type { Generation, GenerationRequest } from "../../models/onnx/generation.js";
import { answerSchema } from "../../models/records.js";
import { readJsonLines, writeJsonLines } from "../../store/json-lines.js";
import { writeJson } from "../../store/json.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { TINY_BUNDLE } from "../client/small-run.js";
import { MINIMAL } from "../config/minimal-config.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { NO_INPUTS } from "./no-inputs.js";
import { runDependencies } from "./run-dependencies.js";
import { listKeys } from "./endpoint-run.js";

const SEED_DATA = { key: "seed-data", sha256: "0", bytes: 0 };
const { manifest } = await openBundle(TINY_BUNDLE);
const generate = vi.fn<(requests: readonly GenerationRequest[]) => Promise<Generation[]>>();

/** A question that nothing but what the model is asked decides. */
function written(request: GenerationRequest): Generation {
  const digest = createHash("sha256").update(JSON.stringify(request)).digest();
  const letters = [...digest].map((byte) => "ABCDEFGHIJKLMNOP"[byte % 16]!);
  const [a, b, c] = [...new Set(letters)];
  const text = `In the graph ${a}-${b}-${c}, is there a path between ${a} and ${c}?`;
  return { text: `${text}\n`, promptTokens: 10, generatedTokens: 5, finish: "stop" };
}

let store: Store;
beforeEach(async () => {
  store = await openStore(await temporaryDirectory());
  generate.mockReset().mockImplementation(async (requests) => requests.map(written));
  await writeJsonLines(
    store,
    SEED_DATA.key,
    ["A-B-C", "D-E-F-D", "G-H-I"].map((edges, index) => ({
      id: `seed-${index}`,
      question: `In the graph ${edges}, is there a cycle?`,
    })),
  );
  await writeAdapter("adapters/generator", 0.5);
  await writeAdapter("adapters/taker", 0.25);
});

async function writeAdapter(folder: string, value: number): Promise<void> {
  const numbers = new Float32Array(manifest.lora.parameters).fill(value);
  await writeFlatAdapter(storeFolder(store, folder), manifest.lora, numbers);
}

interface Run {
  readonly sample: (request?: Partial<SampleRequest>) => Promise<SampleSummary>;
  readonly answer: (options?: { readonly taker?: string; readonly folder?: string }) => Promise<WorkDone>;
}

async function run(runId: string, settings: Readonly<Record<string, unknown>> = {}): Promise<Run> {
  const config = parseConfig({ ...MINIMAL, ...settings }, "test");
  const takers = ["taker", "namesake"].map((name) => ({ name, base: TINY_BUNDLE, adapter: "adapters/taker" }));
  const inputs = {
    ...NO_INPUTS,
    seedData: SEED_DATA,
    generatorBase: TINY_BUNDLE,
    takers: [...takers, { name: "stranger", base: TINY_BUNDLE, adapter: "adapters/generator" }],
  };
  await writeJson(store, keys.clusters(runId), [{ cluster: 0, questionIds: ["seed-0", "seed-1"] }]);
  const dependencies = runDependencies({ runId, store, config, inputs }, () =>
    Promise.resolve({ manifest, generate } as unknown as EmbeddedModel),
  );
  const reference = { runId, storeUri: store.uri };
  const asked: SampleRequest = {
    run: reference,
    adapter: "adapters/generator",
    cluster: 0,
    folder: keys.particle(runId, 0, 0),
    random: { seed: 1, purpose: "sample", iteration: 0, particle: 0 },
    count: 6,
    counts: "drawn",
    share: true,
  };
  return {
    sample: (request = {}) =>
      new MockActivityEnvironment().run(sampleQuestions, dependencies, { ...asked, ...request }),
    answer: ({ taker = "taker", folder = keys.particle(runId, 0, 0) } = {}) =>
      new MockActivityEnvironment().run(answerQuestions, dependencies, { run: reference, folder, taker, share: true }),
  };
}

async function text(key: string): Promise<string> {
  return Buffer.from(await store.get(key)).toString();
}

const questionsOf = (runId: string): Promise<string> => text(keys.questions(keys.particle(runId, 0, 0)));

describe("sampling that runs share", () => {
  it("writes the same questions for another run without asking the model, and says what they cost the first", async () => {
    const first = await (await run("one")).sample();
    expect(first.usage).toMatchObject({ questions: 6, tokens: 90, calls: 6 });
    expect(first.usage).not.toHaveProperty("shared");
    generate.mockClear();
    const second = await (await run("two", { objective: "separate" })).sample();
    expect(generate).not.toHaveBeenCalled();
    expect(await questionsOf("two")).toBe(await questionsOf("one"));
    expect(second).toMatchObject({ drawn: 6, usage: { questions: 0, tokens: 0, calls: 0 } });
    expect(second.usage.shared).toMatchObject({ questions: 6, tokens: 90, calls: 6 });
    expect(Object.keys(second.usage.shared?.seconds ?? {})).toEqual(["sample"]);
  });

  it("takes the rounds that are the same and draws the others itself", async () => {
    generate.mockImplementation(async (requests) =>
      requests.map((request) => ({
        ...written(request),
        ...(request.random.purpose.endsWith("prompt 0") ? { text: "nonsense" } : {}),
      })),
    );
    await (await run("one")).sample({ count: 6, counts: "drawn" });
    generate.mockClear();
    const { usage } = await (await run("two")).sample({ count: 6, counts: "valid" });
    expect(generate.mock.calls.map(([requests]) => requests.length)).toEqual([1]);
    expect(usage).toMatchObject({ questions: 1, calls: 1, shared: { questions: 6, calls: 6 } });
  });

  it("knows an adapter by its content, wherever it was copied to", async () => {
    await (await run("one")).sample();
    await writeAdapter("adapters/copy", 0.5);
    await writeAdapter("adapters/other", 0.75);
    generate.mockClear();
    await (await run("two")).sample({ adapter: "adapters/copy" });
    expect(generate).not.toHaveBeenCalled();
    await (await run("three")).sample({ adapter: "adapters/other" });
    expect(generate).toHaveBeenCalled();
  });

  it.each([
    ["another seed", { random: { seed: 2, purpose: "sample" } }, {}],
    ["another cluster", { cluster: null }, {}],
    ["another temperature", {}, { generators: { base: "base", sampling: { temperature: 0.5 } } }],
    ["another count", { count: 5 }, {}],
  ])("asks the model for %s", async (_, request, settings) => {
    await (await run("one")).sample();
    generate.mockClear();
    await (await run("two", settings)).sample(request);
    expect(generate).toHaveBeenCalled();
  });

  it("keeps nothing for others of what it is not told to share", async () => {
    await (await run("one")).sample({ share: false });
    expect(await listKeys(store, "artifacts/")).toEqual([]);
  });
});

describe("answering that runs share", () => {
  const GREEDY = { answering: { temperature: 0 } };
  const WARM = { answering: { temperature: 0.5 } };
  const elsewhere = keys.fresh("two", "given");

  async function askElsewhere(settings: Readonly<Record<string, unknown>>): Promise<Run> {
    const one = await run("one", settings);
    await one.sample();
    await one.answer();
    const ids = (await questionsOf("one")).replaceAll(/"id":"[^"]*-(\d+)"/g, '"id":"other-$1"');
    await store.put(keys.questions(elsewhere), ids);
    generate.mockClear();
    return run("two", settings);
  }

  it("is taken for the same questions under other ids, where nothing is drawn at random", async () => {
    const two = await askElsewhere(GREEDY);
    const { usage } = await two.answer({ folder: elsewhere });
    expect(generate).not.toHaveBeenCalled();
    expect(usage).toMatchObject({ tokens: 0, calls: 0 });
    expect(usage.shared?.calls).toBeGreaterThan(0);
    const [answer] = await readJsonLines(store, keys.takerAnswers(elsewhere, "taker"), answerSchema);
    expect(answer).toMatchObject({ questionId: "other-0000", taker: "taker" });
  });

  it("is not taken where answers are drawn by the question's id", async () => {
    const two = await askElsewhere(WARM);
    await two.answer({ folder: elsewhere });
    expect(generate).toHaveBeenCalled();
  });

  it("is taken from a taker of another name with the same adapter, and not from one with another", async () => {
    const two = await askElsewhere(GREEDY);
    await two.answer({ taker: "namesake", folder: elsewhere });
    expect(generate).not.toHaveBeenCalled();
    await two.answer({ taker: "stranger", folder: elsewhere });
    expect(generate).toHaveBeenCalled();
  });
});

describe("the ids of questions", () => {
  it.each([
    ["runs/x/iterations/0007/particles/03", "0007-03"],
    ["runs/x/fresh/initial-0", "initial-0"],
    ["runs/x/samples/best-1-0-seed-7-count-500", "best-1-0-seed-7-count-500"],
    ["schedules/nightly/20261121T030000.000Z", "20261121T030000.000Z"],
  ])("in %s begin with %s, whatever the run is called", (folder, prefix) => {
    expect(idPrefix(folder)).toBe(prefix);
  });
});
