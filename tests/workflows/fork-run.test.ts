import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { forkRun } from "../../client/fork-run.js";
import { loadRunConfig } from "../../client/load-run-config.js";
import { prepareRun } from "../../client/stage-run.js";
import { TASK_QUEUES, workflowId } from "../../config/queues.js";
import type { RunResult } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { DataSwarmInput } from "../../workflows/data-swarm.js";
import { statusQuery } from "../../workflows/messages.js";
import { SMOKE, SwarmEngine, type SwarmHandle } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();
/** Compares with performance on the seed data, which a fork takes over; the unseen takers answer it anew. */
const NOVEL = "objective=novel";
const SMALL = [NOVEL, "swarm.questionsPerIteration=8", "evaluation.freshQuestions=8", "generators.sft.instances=16"];

interface Fork {
  readonly from: string;
  readonly id: string;
  readonly store: string;
  readonly set?: readonly string[];
}

/** What `swarm run --from` does, without the command around it. */
async function start({ from, id, store, set = [] }: Fork): Promise<SwarmHandle> {
  const fork = await forkRun(from, await loadRunConfig(SMOKE, { id, store, set: [...SMALL, ...set] }));
  const { run } = await (await prepareRun(fork.loaded)).stage(fork.stage);
  const client = await engine.client();
  return client.workflow.start<(input: DataSwarmInput) => Promise<RunResult>>("dataSwarm", {
    workflowId: workflowId(run.runId),
    taskQueue: TASK_QUEUES.cpu,
    args: [{ run, from: fork.from }],
  });
}

describe("a run that goes on from another one's checkpoint", () => {
  let source: RunResult;

  beforeAll(async () => {
    await engine.startWorkers();
    source = await (await engine.start({ id: "source", store: directory, set: SMALL })).result();
  });

  it("goes the same way as that one did where nothing was changed, and further", async () => {
    const handle = await start({
      from: "source@1",
      id: "further",
      store: directory,
      set: ["swarm.maxIterations=3", "swarm.patience=9"],
    });
    const result = await handle.result();
    expect(result.iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3]);
    expect(result.iterations.slice(0, 3)).toEqual(source.iterations);
    // Fresh questions are drawn from the same initial generators with the same keys.
    expect(result.initial).toEqual(source.initial);
    expect(result.configDigest).not.toBe(source.configDigest);
    expect((await handle.query(statusQuery)).meanIterationMilliseconds).toBeGreaterThan(0);
    // What the other run did is not done again.
    expect(Object.keys(source.usage.seconds)).toContain("fine-tune");
    expect(Object.keys(result.usage.seconds)).not.toContain("fine-tune");
  });

  it("keeps that one's swarm.space, unless it goes on from the start, where there are no velocities", async () => {
    const fork = { id: "elsewhere", store: directory, set: ["swarm.space=delta"] };
    await expect(start({ ...fork, from: "source@1" })).rejects.toMatchObject({ code: "INVALID_CHECKPOINT" });
    const result = await (await start({ ...fork, from: "source@0" })).result();
    expect(result.iterations[0]).toEqual(source.iterations[0]);
    expect(result.iterations.length).toBeGreaterThan(1);
    const store = await openStore(directory);
    expect(await store.stat(keys.truncation(keys.particle("elsewhere", 1, 0)))).toBeDefined();
  });

  it("needs nothing of that one any more, and may measure on takers that one never had", async () => {
    const store = await openStore(directory);
    const unseen =
      "unseenTakers=[{name: beginner, base: embedded:small, adapter: embedded:small/takers/graphs/beginner}, {name: engineer, base: embedded:small, adapter: embedded:small/takers/graphs/engineer}]";
    const fork = { from: "source/2", id: "alone", store: directory, set: ["swarm.maxIterations=3", "seed=2", unseen] };
    await engine.stopWorkers();
    const handle = await start(fork);
    await rm(join(directory, "runs", "source"), { recursive: true });
    await engine.startWorkers();
    const result = await handle.result();
    expect(result.iterations.slice(0, 3)).toEqual(source.iterations);
    expect(result.iterations).toHaveLength(4);
    expect(result.unseen?.takers).toEqual(["beginner", "engineer"]);
    expect(result.unseen?.best?.fresh.questions).toBe(result.best?.fresh.questions);
    expect(await store.stat(keys.report("alone"))).toBeDefined();
  });
});

describe("--from", () => {
  beforeAll(async () => {
    await engine.startWorkers();
    const set = [...SMALL, "swarm.maxIterations=0"];
    await (await engine.start({ id: "begun", store: directory, set })).result();
  });

  it.each([
    ["another objective", "begun", ["objective=difficult"]],
    ["another number of generators", "begun", ["generators.clusters=3"]],
    ["other takers", "begun", ["takers.0.adapter=embedded:small/takers/graphs/planner"]],
    ["other seed data", "begun", ["seedData.split=test"]],
    ["nothing left to do", "begun@0", ["swarm.maxIterations=0"]],
    ["a hyperparameter search", "begun", ["search={runs: 2}"]],
    ["a checkpoint that is not there", "begun@7", []],
    ["no checkpoint's name", "begun/iterations/0001", []],
  ])("refuses %s, and leaves nothing in the store", async (_, from, set) => {
    await expect(start({ from, id: "refused", store: directory, set })).rejects.toMatchObject({
      code: "INVALID_CHECKPOINT",
    });
    const left: string[] = [];
    for await (const key of (await openStore(directory)).list("runs/refused/")) left.push(key);
    expect(left).toEqual([]);
  });

  it("refuses a run that nobody knows", async () => {
    await expect(start({ from: "nobody", id: "refused", store: directory })).rejects.toMatchObject({
      code: "UNKNOWN_RUN",
    });
  });
});
