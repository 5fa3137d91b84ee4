import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { readFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { findBaselineWriter } from "../../client/baseline-writer.js";
import { findBestGenerator } from "../../client/best-generator.js";
import type { FoundRun } from "../../client/known-runs.js";
import type { Method } from "../../config/baseline-schema.js";
import { TASK_QUEUES } from "../../config/queues.js";
import { graderFor } from "../../models/graders/registry.js";
import { openBundle } from "../../models/onnx/bundle.js";
import { modelPath } from "../../config/model-path.js";
import { type Grade, gradeSchema, type Question, questionSchema } from "../../models/records.js";
import type { RunResult } from "../../report/result.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { pauseSignal, resumeSignal, statusQuery, stopSignal } from "../../workflows/messages.js";
import type { writerQuestions } from "../../workflows/writer-questions.js";
import { SwarmEngine, type SwarmHandle } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const root = await temporaryDirectory();
/** Of `fixtures/configs/baseline.yaml`. */
const FRESH = 24;
const POPULATION = 24;
const grader = graderFor("graphs");

interface Finished {
  readonly id: string;
  readonly store: Store;
  readonly result: RunResult;
}

async function start(id: string, directory: string, method: Method, set: readonly string[] = []): Promise<SwarmHandle> {
  return engine.start({
    id,
    store: directory,
    config: "fixtures/configs/baseline.yaml",
    set: [`baseline.method=${method}`, ...set],
  });
}

async function run(method: Method, set: readonly string[] = []): Promise<Finished> {
  const directory = await mkdtemp(join(root, "run-"));
  const handle = await start(method, directory, method, set);
  return { id: method, store: await openStore(directory), result: await handle.result() };
}

const known = new Map<Method, Promise<Finished>>();
/** A run of the config that several tests look at. */
function finished(method: Method): Promise<Finished> {
  const one = known.get(method) ?? run(method);
  known.set(method, one);
  return one;
}

const questionsIn = ({ store }: Finished, folder: string): Promise<Question[]> =>
  readJsonLines(store, keys.questions(folder), questionSchema);

/** *difficult* by hand: 1 - the highest share of right answers (section 2.2). */
async function difficult({ store }: Finished, folder: string): Promise<number> {
  const grades: Grade[] = await readJsonLines(store, keys.grades(folder), gradeSchema);
  const shares = ["generalist", "pathfinder"].map((name) => {
    const own = grades.filter(({ taker }) => taker === name);
    return own.reduce((sum, { performance }) => sum + performance, 0) / own.length;
  });
  return 1 - Math.max(...shares);
}

async function forms(questions: readonly Question[]): Promise<string[]> {
  return questions.map(({ question }) => {
    const examined = grader.examine(question);
    return examined.valid ? examined.canonical : "";
  });
}

async function seedForms(one: Finished): Promise<Set<string>> {
  const inputs = JSON.parse(Buffer.from(await one.store.get(keys.inputs(one.id))).toString()) as {
    seedData: { key: string };
  };
  return new Set(await forms(await readJsonLines(one.store, inputs.seedData.key, questionSchema)));
}

beforeEach(() => engine.startWorkers());

describe("every baseline", () => {
  it.each<[Method, number[]]>([
    ["dev-set", [0]],
    ["held-out-set", [0]],
    ["initial-generators", [0]],
    ["model-soup", [1]],
    ["self-instruct", [0]],
    ["autobencher", [1, 2]],
    ["task-elicitation", [0, 1, 2]],
    ["prompt-breeder", [0, 1, 2]],
  ])("%s ends with a score on fresh questions, its rounds and a report", async (method, rounds) => {
    const one = await finished(method);
    const { result, store, id } = one;
    expect(result).toMatchObject({ kind: "baseline", method, initial: [], unseen: null, objective: "difficult" });
    expect(result.iterations.map(({ iteration }) => iteration)).toEqual(rounds);
    expect(result.best).toMatchObject({ particle: 0, pValue: null, pValueAdjusted: null, fresh: { questions: FRESH } });
    const folder = keys.fresh(id, "best");
    expect(result.best?.fresh.score).toBeCloseTo(await difficult(one, folder), 12);
    const questions = await questionsIn(one, folder);
    expect(questions).toHaveLength(FRESH);
    expect((await forms(questions)).every((form) => form !== "")).toBe(true);
    const page = Buffer.from(await store.get(keys.report(id))).toString();
    expect(page.includes(method)).toBe(true);
    expect(/swarm of|particle|initial generator/.exec(page)?.[0]).toBe(
      method === "initial-generators" ? "initial generator" : undefined,
    );
  });

  it.each<Method>(["dev-set", "held-out-set", "initial-generators", "model-soup", "self-instruct"])(
    "%s selects nothing, so that what it saw is what was measured",
    async (method) => {
      const { best, iterations } = (await finished(method)).result;
      expect(best?.searched).toBe(best?.fresh.score);
      expect(iterations[0]?.scores).toEqual([best?.searched]);
    },
  );
});

describe("sets that exist", () => {
  it("are samples of their split without replacement, all of it where it has no more", async () => {
    const [dev, heldOut] = [await finished("dev-set"), await finished("held-out-set")];
    const seed = await seedForms(dev);
    const devQuestions = await questionsIn(dev, keys.fresh(dev.id, "best"));
    expect((await forms(devQuestions)).every((form) => seed.has(form))).toBe(true);
    expect(new Set(devQuestions.map(({ id }) => id)).size).toBe(FRESH);
    expect(dev.result.best?.novelRate).toBe(0);
    const heldOutQuestions = await questionsIn(heldOut, keys.fresh(heldOut.id, "best"));
    expect(heldOutQuestions.every(({ id }) => id.startsWith("graphs-test-"))).toBe(true);

    const all = await run("held-out-set", ["evaluation.freshQuestions=600", "evaluation.bootstrapSamples=100"]);
    expect(all.result.best?.fresh.questions).toBe(500);
  });
});

describe("initial generators", () => {
  it("write an equal share each, and take turns", async () => {
    const one = await finished("initial-generators");
    const folder = keys.fresh(one.id, "best");
    const ids = (await questionsIn(one, folder)).map(({ id }) => Number(id.split("-").at(-1)));
    expect(ids.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: FRESH / 2 }, (_, index) => index));
    expect(ids.filter((_, index) => index % 2 === 1)).toEqual(
      Array.from({ length: FRESH / 2 }, (_, index) => FRESH / 2 + index),
    );
  });

  it("make a soup that is their mean", async () => {
    const { store, id } = await finished("model-soup");
    const { manifest } = await openBundle(modelPath("embedded:small"));
    const read = (folder: string) => readFlatAdapter(storeFolder(store, folder), manifest.lora);
    const [zero, one, soup] = await Promise.all([
      read(keys.particle(id, 0, 0)),
      read(keys.particle(id, 0, 1)),
      read(keys.particle(id, 1, 0)),
    ]);
    expect(zero).not.toEqual(one);
    expect(soup).toEqual(zero.map((value, index) => Math.fround((value + one[index]!) / 2)));
  });
});

describe("autobencher", () => {
  it("grows the set with the best score", async () => {
    const { result } = await finished("autobencher");
    const scores = result.iterations.map(({ scores: [score] }) => score ?? -1);
    expect(result.best?.searched).toBe(Math.max(...scores));
    expect(result.best?.iteration).toBe(1 + scores.indexOf(Math.max(...scores)));
  });
});

describe("prompt breeder", () => {
  it("keeps as many questions as it began with, those that are worth most of the old and the new", async () => {
    const one = await finished("prompt-breeder");
    for (const round of [0, 1, 2]) {
      const kept = keys.kept(one.id, round);
      expect(await questionsIn(one, kept)).toHaveLength(POPULATION);
      expect(one.result.iterations[round]?.scores[0]).toBeCloseTo(await difficult(one, kept), 12);
    }
    const children = await questionsIn(one, keys.particle(one.id, 1, 0));
    const before = await questionsIn(one, keys.kept(one.id, 0));
    const after = await questionsIn(one, keys.kept(one.id, 1));
    const parents = new Set(await forms(before));
    const seed = await seedForms(one);
    expect((await forms(children)).some((form) => parents.has(form) || seed.has(form))).toBe(false);
    const candidates = new Set([...before, ...children].map(({ id }) => id));
    expect(after.every(({ id }) => candidates.has(id))).toBe(true);
    expect(await difficult(one, keys.kept(one.id, 1))).toBeGreaterThanOrEqual(
      await difficult(one, keys.kept(one.id, 0)),
    );
  });

  it("is measured on questions that its population does not hold", async () => {
    const one = await finished("prompt-breeder");
    const population = new Set(await forms(await questionsIn(one, keys.kept(one.id, one.result.best!.iteration))));
    const fresh = await forms(await questionsIn(one, keys.fresh(one.id, "best")));
    expect(fresh.some((form) => population.has(form))).toBe(false);
  });

  it("gives the same digest when its workers are stopped in the middle and others go on", async () => {
    const expected = await finished("prompt-breeder");
    const handle = await start("moved", await mkdtemp(join(root, "moved-")), "prompt-breeder");
    await until(handle, 1);
    await engine.stopWorkers();
    await engine.startWorkers();
    expect((await handle.result()).digest).toBe(expected.result.digest);
  });

  it("gives the same digest when a run starts again on what a terminated one left in the store", async () => {
    const expected = await finished("prompt-breeder");
    const directory = await mkdtemp(join(root, "again-"));
    const first = await start("again", directory, "prompt-breeder");
    await until(first, 2);
    await first.terminate();
    expect((await (await start("again", directory, "prompt-breeder")).result()).digest).toBe(expected.result.digest);
  });
});

describe("task elicitation", () => {
  it("keeps the better half of its sets and shows the questions that the best taker failed", async () => {
    const one = await finished("task-elicitation");
    const kept = keys.kept(one.id, 2);
    const ids = (await questionsIn(one, kept)).map(({ id }) => id.split("-").slice(0, 2).join("-"));
    // Of three sets, the seed sample and those of two rounds, two are kept.
    expect(new Set(ids).size).toBe(2);
    const shown = await readJsonLines(one.store, keys.examples(kept), questionSchema);
    const grades = await readJsonLines(one.store, keys.grades(kept), gradeSchema);
    const share = (taker: string): number =>
      grades.reduce((sum, grade) => sum + (grade.taker === taker ? grade.performance : 0), 0);
    const [best] = ["generalist", "pathfinder"].sort((x, y) => share(y) - share(x)) as [string];
    const failed = grades.filter(({ taker, performance }) => taker === best && performance === 0);
    expect(shown.length).toBeGreaterThan(0);
    const failedIds = new Set(failed.map(({ questionId }) => questionId));
    expect(shown.every(({ id }) => failedIds.has(id))).toBe(true);
    expect(one.result.iterations[2]?.scores[0]).toBeCloseTo(await difficult(one, kept), 12);
  });
});

describe("a baseline under way", () => {
  it("holds while it is paused and goes on when resumed, to the same digest", async () => {
    const handle = await start("paused", await mkdtemp(join(root, "paused-")), "autobencher");
    await handle.signal(pauseSignal);
    await expect.poll(async () => (await handle.query(statusQuery)).waitingFor, { timeout: 60_000 }).toMatch(/resume/);
    const held = await handle.query(statusQuery);
    expect(held).toMatchObject({ method: "autobencher", maxIterations: 2 });
    await sleep(1500);
    expect((await handle.query(statusQuery)).stages).toEqual(held.stages);
    await handle.signal(resumeSignal);
    expect((await handle.result()).digest).toBe((await finished("autobencher")).result.digest);
  });

  it("finishes its round when told to stop, measures, and ends as completed", async () => {
    const handle = await start("stopped", await mkdtemp(join(root, "stopped-")), "task-elicitation", [
      "baseline.rounds=50",
    ]);
    await until(handle, 1);
    await handle.signal(stopSignal);
    const result = await handle.result();
    expect(result.stoppedBecause).toBe("stop-requested");
    expect(result.iterations.length).toBeLessThan(10);
    expect(result.best?.fresh.questions).toBe(FRESH);
  });

  it("stops when its budget of questions is spent", async () => {
    const { result } = await run("autobencher", ["baseline.subsets=50", "budget.questions=13"]);
    expect(result.stoppedBecause).toBe("budget");
    expect(result.iterations).toHaveLength(2);
  });
});

describe("every objective", () => {
  const tiny = ["baseline.rounds=1", "baseline.subsets=1", "evaluation.freshQuestions=16"];
  const unseen = ["engineer", "beginner"].map(
    (name) => `{name: ${name}, base: embedded:small, adapter: embedded:small/takers/graphs/${name}}`,
  );

  it("compares with the seed data, and is measured on unseen test takers too", async () => {
    const set = [...tiny, "objective=novel", "evaluation.seedQuestions=20", `unseenTakers=[${unseen.join(", ")}]`];
    const { result, store, id } = await run("autobencher", set);
    expect(result.best?.fresh.score).toBeGreaterThanOrEqual(0);
    expect(result.unseen).toMatchObject({
      takers: ["engineer", "beginner"],
      initial: [],
      best: { fresh: { questions: 16 } },
    });
    expect(await store.stat(keys.score(keys.pool(keys.fresh(id, "best"), "unseen")))).toBeDefined();
  });

  it("chooses by relevance to user queries where that is the objective", async () => {
    const set = [...tiny, "objective=personalized", "userQueries=../datasets/graphs-user-queries.jsonl"];
    const one = await run("prompt-breeder", set);
    const relevance = async (folder: string): Promise<number[]> =>
      JSON.parse(Buffer.from(await one.store.get(keys.relevance(folder))).toString()) as number[];
    const old = await relevance(keys.particle(one.id, 0, 0));
    const children = await relevance(keys.particle(one.id, 1, 0));
    const highest = [...old, ...children].sort((x, y) => y - x).slice(0, POPULATION);
    expect((await relevance(keys.kept(one.id, 1))).sort((x, y) => y - x)).toEqual(highest);
    expect(one.result.iterations[1]?.scores[0]).toBeCloseTo(
      highest.reduce((sum, value) => sum + value, 0) / POPULATION,
      9,
    );
  });

  it("compares question sets of a mixture and of what is kept where that is the objective", async () => {
    for (const method of ["initial-generators", "task-elicitation"] as const) {
      const { result } = await run(method, [...tiny, "objective=consistent"]);
      expect(result.best?.fresh.score).toBeGreaterThan(0.5);
      expect(result.best?.fresh.score).toBeLessThanOrEqual(1);
    }
  });
});

describe("what a baseline leaves behind", () => {
  const found = ({ id, store }: Finished): FoundRun => ({ run: { runId: id, storeUri: store.uri }, store });

  it("is an adapter where there is one, else a line that says why not", async () => {
    const soup = await findBestGenerator(found(await finished("model-soup")));
    expect(soup).toMatchObject({ particle: 0, iteration: 1, adapter: keys.particle("model-soup", 1, 0) });
    for (const method of ["dev-set", "initial-generators", "prompt-breeder"] as const)
      await expect(findBestGenerator(found(await finished(method)))).rejects.toMatchObject({ code: "NO_ADAPTER" });
  });

  it.each<Method>(["dev-set", "initial-generators", "prompt-breeder"])("writes more questions: %s", async (method) => {
    const one = await finished(method);
    const { run: ref } = found(one);
    const { writer } = await findBaselineWriter(found(one));
    const folder = `${keys.run(one.id)}/samples/more`;
    const client = await engine.client();
    const input = { run: ref, writer, folder, count: 10, seed: 7 };
    const summary = await client.workflow.execute<typeof writerQuestions>("writerQuestions", {
      workflowId: `more-${method}`,
      taskQueue: TASK_QUEUES.cpu,
      args: [input],
    });
    expect(summary.valid).toBe(10);
    const measured = new Set((await questionsIn(one, keys.fresh(one.id, "best"))).map(({ question }) => question));
    const questions = (await questionsIn(one, folder)).map(({ question }) => question);
    expect(questions).toHaveLength(10);
    expect(questions.every((question) => measured.has(question))).toBe(false);
  });
});

describe("where too few questions are valid", () => {
  it("there is no score, and the run says so instead of failing", async () => {
    const { result, store, id } = await run("self-instruct", ["generators.sampling.maxNewTokens=4"]);
    expect(result.best).toBeNull();
    expect(result.iterations).toEqual([{ iteration: 0, scores: [null], best: null, worst: null }]);
    expect(
      Buffer.from(await store.get(keys.report(id)))
        .toString()
        .includes("no score"),
    ).toBe(true);
  });

  it("a search without any score has nothing to measure", async () => {
    const { result, store, id } = await run("autobencher", ["generators.sampling.maxNewTokens=4"]);
    expect(result.best).toBeNull();
    expect(await store.stat(keys.sampling(keys.fresh(id, "best")))).toBeUndefined();
  });
});

async function until(handle: SwarmHandle, rounds: number): Promise<void> {
  for (;;) {
    const { iterations } = await handle.query(statusQuery);
    if (iterations.length >= rounds) return;
    await sleep(50);
  }
}
