import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { canonicalJson } from "../../config/canonical-json.js";
import type { RunResult } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { pauseSignal, resumeSignal, statusQuery, stopSignal } from "../../workflows/messages.js";
import { s3ServerForTests, startS3Server } from "../support/s3-server.js";
import { SwarmEngine, type SwarmHandle } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());

async function list(store: Store, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of store.list(prefix)) found.push(key);
  return found;
}

async function until(handle: SwarmHandle, reached: (iterations: number, stages: string) => boolean): Promise<void> {
  for (;;) {
    const { iterations, stages } = await handle.query(statusQuery);
    if (reached(iterations.length, stages.map(({ stage, done }) => `${stage} ${done}`).join(" "))) return;
    await sleep(50);
  }
}

let undisturbed: Promise<RunResult> | undefined;

/** The result of the smoke config that every other way of running it must equal. */
function undisturbedResult(): Promise<RunResult> {
  undisturbed ??= (async () => {
    const store = await temporaryDirectory();
    return (await engine.start({ id: "undisturbed", store })).result();
  })();
  return undisturbed;
}

beforeEach(() => engine.startWorkers());

describe("dataSwarm", () => {
  it("searches, measures on fresh questions and leaves everything in the store", async () => {
    const directory = await temporaryDirectory();
    const result = await (await engine.start({ id: "whole", store: directory })).result();
    const store = await openStore(directory);

    expect(result.iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(result.initial).toHaveLength(2);
    expect(result.best?.fresh.questions).toBe(24);
    expect(["max-iterations", "patience"]).toContain(result.stoppedBecause);
    const { kind, configDigest, iterations, initial, best } = result;
    const digest = createHash("sha256")
      .update(canonicalJson({ kind, configDigest, iterations, initial, best }))
      .digest("hex");
    expect(result.digest).toBe(digest);
    expect(JSON.parse(Buffer.from(await store.get(keys.result("whole"))).toString())).toEqual(result);

    const particle = await list(store, `${keys.particle("whole", 1, 0)}/`);
    for (const file of [
      "adapter_model.safetensors",
      "adapter_config.json",
      "questions.jsonl",
      "answers.jsonl",
      "grades.jsonl",
      "score.json",
    ]) {
      expect(particle).toContain(`${keys.particle("whole", 1, 0)}/${file}`);
    }
    expect(await list(store, keys.checkpoints("whole"))).toHaveLength(3);
    expect(await store.stat(keys.report("whole"))).toBeDefined();
    expect((await list(store, "runs/whole/")).filter((key) => key.includes("/parts/"))).toEqual([]);
  });

  it("gives the same digest when its workers are stopped in the middle and others go on", async () => {
    const expected = await undisturbedResult();
    const handle = await engine.start({ id: "moved", store: await temporaryDirectory() });
    await until(handle, (iterations) => iterations >= 1);
    await engine.stopWorkers();
    await engine.startWorkers();
    expect((await handle.result()).digest).toBe(expected.digest);
  });

  it("gives the same digest when a run starts again on what a terminated one left in the store", async () => {
    const expected = await undisturbedResult();
    const store = await temporaryDirectory();
    const first = await engine.start({ id: "again", store });
    await until(first, (iterations) => iterations >= 2);
    await first.terminate();
    expect((await (await engine.start({ id: "again", store })).result()).digest).toBe(expected.digest);
  });

  it("gives the same digest on a real S3-compatible server", async (context) => {
    const found = await s3ServerForTests();
    if ("missing" in found) return context.skip(found.missing);
    const expected = await undisturbedResult();
    const server = await startS3Server(found.path);
    try {
      await server.createBucket("swarms");
      for (const [name, value] of Object.entries(server.environment)) process.env[name] = value;
      const handle = await engine.start({ id: "in-s3", store: "s3://swarms/tests" });
      expect((await handle.result()).digest).toBe(expected.digest);
    } finally {
      for (const name of Object.keys(server.environment)) Reflect.deleteProperty(process.env, name);
      await server.stop();
    }
  });

  it("holds while it is paused and says so, and goes on when resumed", async () => {
    const expected = await undisturbedResult();
    const handle = await engine.start({ id: "paused", store: await temporaryDirectory() });
    await handle.signal(pauseSignal);
    await expect.poll(async () => (await handle.query(statusQuery)).waitingFor, { timeout: 60_000 }).toMatch(/resume/);
    const held = await handle.query(statusQuery);
    await sleep(2000);
    expect((await handle.query(statusQuery)).stages).toEqual(held.stages);
    await handle.signal(resumeSignal);
    expect((await handle.result()).digest).toBe(expected.digest);
  });

  it("finishes the iteration under way when told to stop, measures, and ends as completed", async () => {
    const handle = await engine.start({ id: "stopped", store: await temporaryDirectory() });
    await until(handle, (iterations) => iterations >= 1);
    await handle.signal(stopSignal);
    const result = await handle.result();
    expect(result.stoppedBecause).toBe("stop-requested");
    expect(result.best?.fresh.questions).toBe(24);
  });

  it("stops when its budget of questions is spent", async () => {
    const handle = await engine.start({ id: "budget", store: await temporaryDirectory(), set: ["budget.questions=1"] });
    const result = await handle.result();
    expect(result.stoppedBecause).toBe("budget");
    expect(result.iterations).toHaveLength(1);
  });

  it.each([
    ["valid", [], "20 % valid questions; fine-tune longer, or lower swarm.minValid"],
    [
      "new",
      ["swarm.minNew=0.84"],
      "20 % valid questions and 84 % valid new ones; fine-tune longer, or lower swarm.minValid or swarm.minNew",
    ],
  ])("fails, and says why, where no generator writes enough %s questions", async (id, set, expected) => {
    const cutOff = "generators.sampling.maxNewTokens=4";
    const handle = await engine.start({
      id: `hopeless-${id}`,
      store: await temporaryDirectory(),
      set: [cutOff, ...set],
    });
    const message = `no initial generator wrote ${expected}`;
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: "NoInitialScore", message } });
  });
});
