import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { findBestGenerator } from "../../client/best-generator.js";
import { readCheckpointSource } from "../../client/checkpoint-source.js";
import { bestVerb } from "../../client/commands/best.js";
import { findRun } from "../../client/known-runs.js";
import { readFinishedResult } from "../../client/run-result.js";
import { prepareRun } from "../../client/stage-run.js";
import { canonicalJson } from "../../config/canonical-json.js";
import { loadConfig } from "../../config/load-config.js";
import { TASK_QUEUES, workflowId } from "../../config/queues.js";
import type { SearchedRun } from "../../report/hyperparameter-search.js";
import type { RunResult } from "../../report/result.js";
import { readJson } from "../../store/json.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { DataSwarmInput } from "../../workflows/data-swarm.js";
import { pauseSignal, resumeSignal, statusQuery, stopSignal } from "../../workflows/messages.js";
import type { RefreshInput, RefreshResult } from "../../workflows/refresh.js";
import { SMOKE, SwarmEngine, type SwarmHandle } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
/** What one search has made the others find there, which makes them quick. */
const directory = await temporaryDirectory();
const store = await openStore(directory);

const SMALL = [
  "swarm.questionsPerIteration=8",
  "evaluation.freshQuestions=8",
  "generators.sft.instances=16",
  "swarm.maxIterations=1",
];

async function start(id: string, search: string, set: readonly string[] = []): Promise<SwarmHandle> {
  return engine.start({ id, store: directory, set: [...SMALL, `search=${search}`, ...set] });
}

async function handleOf(runId: string): Promise<SwarmHandle> {
  const client = await engine.client();
  return client.workflow.getHandle(workflowId(runId));
}

async function resultOf(runId: string): Promise<RunResult> {
  const result = await readFinishedResult(store, runId);
  if (result === undefined) throw new Error(`${runId} has no result`);
  return result;
}

let undisturbed: Promise<RunResult> | undefined;

/** A search of three runs, one after the other, that nothing disturbs. */
function undisturbedResult(): Promise<RunResult> {
  undisturbed ??= start("searched", "{runs: 3}").then((handle) => handle.result());
  return undisturbed;
}

/** What each shared result in the store was first made for. */
async function makers(): Promise<string[]> {
  const found: string[] = [];
  for await (const key of store.list("artifacts/")) {
    if (!key.endsWith("/result.json")) continue;
    found.push((await readJson(store, key, z.object({ madeFor: z.string() }))).madeFor);
  }
  return found;
}

const searchedScores = (runs: readonly SearchedRun[] | undefined) => runs?.map(({ searched }) => searched);

beforeEach(() => engine.startWorkers());

describe("hyperparameterSearch", () => {
  it("gives what its best run by searched score gives, and says how all runs did", async () => {
    const result = await undisturbedResult();
    const { runs, winner, drawn, stoppedBecause } = result.search!;
    expect(runs.map(({ runId }) => runId)).toEqual(["searched-h00", "searched-h01", "searched-h02"]);
    expect([drawn, stoppedBecause]).toEqual([3, "all-runs"]);
    expect(new Set(runs.map(({ coefficients }) => JSON.stringify(coefficients))).size).toBe(3);

    const scores = runs.map(({ searched }) => searched as number);
    expect(winner).toBe(runs[scores.indexOf(Math.max(...scores))]?.runId);
    const won = await resultOf(winner);
    const { iterations, initial, unseen, stoppedBecause: because } = won;
    expect(result).toMatchObject({ runId: "searched", iterations, initial, unseen, stoppedBecause: because });
    expect(result.best).toEqual({ ...won.best, runId: winner });
    expect(result.configDigest).not.toBe(won.configDigest);

    const { runId: _, ...best } = result.best!;
    const decided = { kind: "data-swarm", configDigest: result.configDigest, iterations, initial, best };
    expect(result.digest).toBe(createHash("sha256").update(canonicalJson(decided)).digest("hex"));
    expect(await resultOf("searched")).toEqual(result);

    for (const run of runs) {
      const own = await resultOf(run.runId);
      expect(run).toMatchObject({ searched: own.best?.searched, fresh: own.best?.fresh, iterations: 1 });
    }
    const report = Buffer.from(await store.get(keys.report("searched"))).toString();
    expect(report).toContain('<h2 id="hyperparameters">');
    for (const { runId } of runs) expect(report).toContain(runId);
  });

  it("fine-tunes and first evaluates its generators once", async () => {
    const { search, usage } = await undisturbedResult();
    const made = (await makers()).filter((maker) =>
      search?.runs.some(({ runId }) => maker.startsWith(keys.run(runId))),
    );
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map((maker) => maker.split("/")[1]))).toEqual(new Set(["searched-h00"]));
    const [first, ...others] = await Promise.all((search?.runs ?? []).map(({ runId }) => resultOf(runId)));
    expect(first?.usage.shared).toBeUndefined();
    for (const other of others) {
      expect(other.usage.shared?.questions).toBeGreaterThanOrEqual(16);
      expect(Object.keys(other.usage.shared?.seconds ?? {})).toContain("fine-tune");
    }
    const questions = [first, ...others].map((one) => one?.usage.questions ?? 0).reduce((sum, one) => sum + one);
    expect(usage.questions).toBe(questions);
  });

  it("lets its best generator be copied, sampled from, and used for refreshing, under its own id", async () => {
    const { best } = await undisturbedResult();
    const found = await findBestGenerator(await findRun("searched", directory));
    const { runId, iteration, particle } = best!;
    expect(found).toMatchObject({ run: { runId }, iteration, particle });
    // `swarm run --from searched`.
    expect((await readCheckpointSource("searched", directory)).runId).toBe(runId);

    const out = join(await temporaryDirectory(), "adapter");
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await bestVerb().parseAsync(["searched", "--out", out, "--store", directory], { from: "user" });
    written.mockRestore();
    const adapter = await store.get(keys.adapterModel(keys.particle(runId!, iteration, particle)));
    expect(await readFile(join(out, "adapter_model.safetensors"))).toEqual(Buffer.from(adapter));

    const client = await engine.client();
    const source = { runId: "searched", storeUri: store.uri };
    const refreshed = await client.workflow.execute<(input: RefreshInput) => Promise<RefreshResult>>("refresh", {
      workflowId: "refreshed",
      taskQueue: TASK_QUEUES.cpu,
      args: [{ schedule: "nightly", source, sampleOnly: true, count: 3 }],
    });
    expect(refreshed.sampled.valid).toBe(3);
  });

  it("gives the same digest with runs side by side, whose workers are stopped in the middle", async () => {
    const expected = await undisturbedResult();
    const handle = await start("beside", "{runs: 3, atOnce: 2}");
    const second = await handleOf("beside-h01");
    await expect.poll(() => second.query(statusQuery).catch(() => undefined), { timeout: 60_000 }).toBeDefined();
    await engine.stopWorkers();
    await engine.startWorkers();
    const result = await handle.result();
    expect(result.digest).toBe(expected.digest);
    expect(searchedScores(result.search?.runs)).toEqual(searchedScores(expected.search?.runs));
  });

  it("passes on what it is told: its run pauses, goes on, and stops, and no other one starts", async () => {
    const handle = await start("told", "{runs: 3}", ["swarm.maxIterations=9", "swarm.patience=9", "seed=2"]);
    const first = await handleOf("told-h00");
    await expect.poll(() => first.query(statusQuery).catch(() => undefined), { timeout: 60_000 }).toBeDefined();
    await handle.signal(pauseSignal);
    await expect.poll(async () => (await first.query(statusQuery)).waitingFor, { timeout: 60_000 }).toMatch(/resume/);
    expect((await handle.query(statusQuery)).waitingFor).toMatch(/resume/);
    await handle.signal(resumeSignal);
    await expect.poll(async () => (await first.query(statusQuery)).waitingFor, { timeout: 60_000 }).toBeNull();
    await handle.signal(stopSignal);
    const { search, stoppedBecause } = await handle.result();
    expect(stoppedBecause).toBe("stop-requested");
    expect(search).toMatchObject({ drawn: 3, winner: "told-h00", stoppedBecause: "stop-requested" });
    expect(search?.runs).toHaveLength(1);
    const { iteration, maxIterations, stages, runs } = await handle.query(statusQuery);
    expect([iteration, maxIterations, runs?.length]).toEqual([1, 3, 1]);
    expect(stages.map(({ stage }) => stage)).toEqual(["report"]);
  });

  it("starts no run once the budget of all is spent, which a run under way keeps to as well", async () => {
    await undisturbedResult();
    const { usage } = await resultOf("searched-h00");
    // More than the first run takes, less than two.
    const budget = `budget.questions=${usage.questions + 8}`;
    const { search } = await (await start("budget", "{runs: 3}", [budget])).result();
    expect(search?.stoppedBecause).toBe("budget");
    expect(search?.runs.map(({ stoppedBecause, iterations }) => [stoppedBecause, iterations])).toEqual([
      [expect.stringMatching(/max-iterations|patience/), 1],
      ["budget", 0],
    ]);
  });

  it("fails, and names the run, where a run fails", async () => {
    const cutOff = "generators.sampling.maxNewTokens=4";
    const handle = await start("failing", "{runs: 2}", [cutOff]);
    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: "RunOfSearchFailed", message: expect.stringContaining("failing-h00") as string },
    });
  });

  it("cancels its runs when it is cancelled", async () => {
    const handle = await start("cancelled", "{runs: 2}", ["swarm.maxIterations=9", "seed=3"]);
    const first = await handleOf("cancelled-h00");
    await expect.poll(() => first.query(statusQuery).catch(() => undefined), { timeout: 60_000 }).toBeDefined();
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: "CancelledFailure" } });
    expect((await first.describe()).status.name).toBe("CANCELLED");
  });
});

describe("a run that a search holds against others", () => {
  it("ends once it is hopeless, through executions too, and is measured", async () => {
    await undisturbedResult();
    const set = [...SMALL, "swarm.maxIterations=5", "swarm.patience=5"];
    const loaded = await loadConfig(SMOKE, { id: "hopeless", store: directory, set });
    const { run } = await (await prepareRun(loaded)).stage();
    const client = await engine.client();
    const spent = { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: {} };
    // No score is 2.
    const bounds = { thresholds: [null, 0, 2], spent };
    const result = await client.workflow.execute<(input: DataSwarmInput) => Promise<RunResult>>("dataSwarm", {
      workflowId: workflowId(run.runId),
      taskQueue: TASK_QUEUES.cpu,
      args: [{ run, bounds }],
    });
    expect(result.stoppedBecause).toBe("hopeless");
    expect(result.iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(result.best?.fresh.questions).toBe(8);
  });
});
