import { beforeEach, describe, expect, it } from "vitest";
import { readFlatAdapter } from "../../../adapters/flat.js";
import { storeFolder } from "../../../adapters/folder.js";
import type { Method } from "../../../config/baseline-schema.js";
import { modelPath } from "../../../config/model-path.js";
import { openBundle } from "../../../models/onnx/bundle.js";
import { questionSchema } from "../../../models/records.js";
import { readJsonLines } from "../../../store/json-lines.js";
import { keys } from "../../../store/keys.js";
import {
  BaselineRuns,
  difficult,
  formsOf,
  FRESH_QUESTIONS,
  gradesIn,
  POPULATION,
  questionsIn,
  seedForms,
  sharesRight,
} from "../../support/baseline-runs.js";
import { SwarmEngine } from "../../support/swarm-engine.js";
import { useTemporal } from "../../support/temporal.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";
const engine = new SwarmEngine(useTemporal());
const runs = new BaselineRuns(engine, await temporaryDirectory());

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
    const one = await runs.finished(method);
    const { result, store, id } = one;
    expect(result).toMatchObject({ kind: "baseline", method, initial: [], unseen: null, objective: "difficult" });
    expect(result.iterations.map(({ iteration }) => iteration)).toEqual(rounds);
    expect(result.best).toMatchObject({
      particle: 0,
      pValue: null,
      pValueAdjusted: null,
      fresh: { questions: FRESH_QUESTIONS },
    });
    const folder = keys.fresh(id, "best");
    expect(result.best?.fresh.score).toBeCloseTo(await difficult(one, folder), 12);
    const questions = await questionsIn(one, folder);
    expect(questions).toHaveLength(FRESH_QUESTIONS);
    expect(formsOf(questions).every((form) => form !== "")).toBe(true);
    const page = Buffer.from(await store.get(keys.report(id))).toString();
    expect(page.includes(method)).toBe(true);
    expect(/swarm of|particle|initial generator/.exec(page)?.[0]).toBe(
      method === "initial-generators" ? "initial generator" : undefined,
    );
  });

  it.each<Method>(["dev-set", "held-out-set", "initial-generators", "model-soup", "self-instruct"])(
    "%s selects nothing, so that what it saw is what was measured",
    async (method) => {
      const { best, iterations } = (await runs.finished(method)).result;
      expect(best?.searched).toBe(best?.fresh.score);
      expect(iterations[0]?.scores).toEqual([best?.searched]);
    },
  );
});

describe("sets that exist", () => {
  it("are samples of their split without replacement, all of it where it has no more", async () => {
    const [dev, heldOut] = [await runs.finished("dev-set"), await runs.finished("held-out-set")];
    const seed = await seedForms(dev);
    const devQuestions = await questionsIn(dev, keys.fresh(dev.id, "best"));
    expect(formsOf(devQuestions).every((form) => seed.has(form))).toBe(true);
    expect(new Set(devQuestions.map(({ id }) => id)).size).toBe(FRESH_QUESTIONS);
    expect(dev.result.best?.novelRate).toBe(0);
    const heldOutQuestions = await questionsIn(heldOut, keys.fresh(heldOut.id, "best"));
    expect(heldOutQuestions.every(({ id }) => id.startsWith("graphs-test-"))).toBe(true);

    const all = await runs.run("held-out-set", ["evaluation.freshQuestions=600", "evaluation.bootstrapSamples=100"]);
    expect(all.result.best?.fresh.questions).toBe(500);
  });
});

describe("initial generators", () => {
  it("write an equal share each, and take turns", async () => {
    const one = await runs.finished("initial-generators");
    const folder = keys.fresh(one.id, "best");
    const ids = (await questionsIn(one, folder)).map(({ id }) => Number(id.split("-").at(-1)));
    expect(ids.filter((_, index) => index % 2 === 0)).toEqual(
      Array.from({ length: FRESH_QUESTIONS / 2 }, (_, index) => index),
    );
    expect(ids.filter((_, index) => index % 2 === 1)).toEqual(
      Array.from({ length: FRESH_QUESTIONS / 2 }, (_, index) => FRESH_QUESTIONS / 2 + index),
    );
  });

  it("make a soup that is their mean", async () => {
    const { store, id } = await runs.finished("model-soup");
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
    const { result } = await runs.finished("autobencher");
    const scores = result.iterations.map(({ scores: [score] }) => score ?? -1);
    expect(result.best?.searched).toBe(Math.max(...scores));
    expect(result.best?.iteration).toBe(1 + scores.indexOf(Math.max(...scores)));
  });
});

describe("prompt breeder", () => {
  it("keeps as many questions as it began with, those that are worth most of the old and the new", async () => {
    const one = await runs.finished("prompt-breeder");
    for (const round of [0, 1, 2]) {
      const kept = keys.kept(one.id, round);
      expect(await questionsIn(one, kept)).toHaveLength(POPULATION);
      expect(one.result.iterations[round]?.scores[0]).toBeCloseTo(await difficult(one, kept), 12);
    }
    const children = await questionsIn(one, keys.particle(one.id, 1, 0));
    const before = await questionsIn(one, keys.kept(one.id, 0));
    const after = await questionsIn(one, keys.kept(one.id, 1));
    const parents = new Set(formsOf(before));
    const seed = await seedForms(one);
    expect(formsOf(children).some((form) => parents.has(form) || seed.has(form))).toBe(false);
    const candidates = new Set([...before, ...children].map(({ id }) => id));
    expect(after.every(({ id }) => candidates.has(id))).toBe(true);
    expect(await difficult(one, keys.kept(one.id, 1))).toBeGreaterThanOrEqual(
      await difficult(one, keys.kept(one.id, 0)),
    );
  });

  it("is measured on questions that its population does not hold", async () => {
    const one = await runs.finished("prompt-breeder");
    const population = new Set(formsOf(await questionsIn(one, keys.kept(one.id, one.result.best!.iteration))));
    const fresh = formsOf(await questionsIn(one, keys.fresh(one.id, "best")));
    expect(fresh.some((form) => population.has(form))).toBe(false);
  });
});

describe("task elicitation", () => {
  it("keeps the better half of its sets and shows the questions that the best taker failed", async () => {
    const one = await runs.finished("task-elicitation");
    const kept = keys.kept(one.id, 2);
    const ids = (await questionsIn(one, kept)).map(({ id }) => id.split("-").slice(0, 2).join("-"));
    // Of three sets, the seed sample and those of two rounds, two are kept.
    expect(new Set(ids).size).toBe(2);
    const shown = await readJsonLines(one.store, keys.examples(kept), questionSchema);
    const grades = await gradesIn(one, kept);
    const [[best]] = sharesRight(grades).sort(([, one], [, other]) => other - one) as [[string, number]];
    const failed = grades.filter(({ taker, performance }) => taker === best && performance === 0);
    expect(shown.length).toBeGreaterThan(0);
    const failedIds = new Set(failed.map(({ questionId }) => questionId));
    expect(shown.every(({ id }) => failedIds.has(id))).toBe(true);
    expect(one.result.iterations[2]?.scores[0]).toBeCloseTo(await difficult(one, kept), 12);
  });
});

describe("where too few questions are valid", () => {
  it("there is no score, and the run says so instead of failing", async () => {
    const { result, store, id } = await runs.run("self-instruct", ["generators.sampling.maxNewTokens=4"]);
    expect(result.best).toBeNull();
    expect(result.iterations).toEqual([{ iteration: 0, scores: [null], best: null, worst: null }]);
    expect(
      Buffer.from(await store.get(keys.report(id)))
        .toString()
        .includes("no score"),
    ).toBe(true);
  });

  it("a search without any score has nothing to measure", async () => {
    const { result, store, id } = await runs.run("autobencher", ["generators.sampling.maxNewTokens=4"]);
    expect(result.best).toBeNull();
    expect(await store.stat(keys.sampling(keys.fresh(id, "best")))).toBeUndefined();
  });
});
