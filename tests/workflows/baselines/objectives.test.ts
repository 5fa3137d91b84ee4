import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../store/keys.js";
import { BaselineRuns, POPULATION } from "../../support/baseline-runs.js";
import { SwarmEngine } from "../../support/swarm-engine.js";
import { useTemporal } from "../../support/temporal.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";
const engine = new SwarmEngine(useTemporal());
const runs = new BaselineRuns(engine, await temporaryDirectory());

beforeEach(() => engine.startWorkers());

describe("every objective", () => {
  const tiny = ["baseline.rounds=1", "baseline.subsets=1", "evaluation.freshQuestions=16"];
  const unseen = ["engineer", "beginner"].map(
    (name) => `{name: ${name}, base: embedded:small, adapter: embedded:small/takers/graphs/${name}}`,
  );

  it("compares with the seed data, and is measured on unseen test takers too", async () => {
    const set = [...tiny, "objective=novel", "evaluation.seedQuestions=20", `unseenTakers=[${unseen.join(", ")}]`];
    const { result, store, id } = await runs.run("autobencher", set);
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
    const one = await runs.run("prompt-breeder", set);
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
      const { result } = await runs.run(method, [...tiny, "objective=consistent"]);
      expect(result.best?.fresh.score).toBeGreaterThan(0.5);
      expect(result.best?.fresh.score).toBeLessThanOrEqual(1);
    }
  });
});
