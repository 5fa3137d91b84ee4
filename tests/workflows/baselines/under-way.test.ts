import { beforeEach, describe, expect, it } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { pauseSignal, resumeSignal, statusQuery, stopSignal } from "../../../workflows/messages.js";
import { BaselineRuns, FRESH_QUESTIONS, roundsOf } from "../../support/baseline-runs.js";
import { SwarmEngine } from "../../support/swarm-engine.js";
import { useTemporal } from "../../support/temporal.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";
const engine = new SwarmEngine(useTemporal());
const runs = new BaselineRuns(engine, await temporaryDirectory());

beforeEach(() => engine.startWorkers());

describe("a baseline under way", () => {
  it("holds while it is paused and goes on when resumed, to the same digest", async () => {
    const { handle } = await runs.start("paused", "autobencher");
    await handle.signal(pauseSignal);
    await expect.poll(async () => (await handle.query(statusQuery)).waitingFor, { timeout: 60_000 }).toMatch(/resume/);
    const held = await handle.query(statusQuery);
    expect(held).toMatchObject({ method: "autobencher", maxIterations: 2 });
    await sleep(1500);
    expect((await handle.query(statusQuery)).stages).toEqual(held.stages);
    await handle.signal(resumeSignal);
    expect((await handle.result()).digest).toBe((await runs.finished("autobencher")).result.digest);
  });

  it("finishes its round when told to stop, measures, and ends as completed", async () => {
    const { handle } = await runs.start("stopped", "task-elicitation", { set: ["baseline.rounds=50"] });
    await roundsOf(handle, 1);
    await handle.signal(stopSignal);
    const result = await handle.result();
    expect(result.stoppedBecause).toBe("stop-requested");
    expect(result.iterations.length).toBeLessThan(10);
    expect(result.best?.fresh.questions).toBe(FRESH_QUESTIONS);
  });

  it("stops when its budget of questions is spent", async () => {
    const { result } = await runs.run("autobencher", ["baseline.subsets=50", "budget.questions=13"]);
    expect(result.stoppedBecause).toBe("budget");
    expect(result.iterations).toHaveLength(2);
  });

  it("gives the same digest when its workers are stopped in the middle and others go on", async () => {
    const expected = await runs.finished("prompt-breeder");
    const { handle } = await runs.start("moved", "prompt-breeder");
    await roundsOf(handle, 1);
    await engine.stopWorkers();
    await engine.startWorkers();
    expect((await handle.result()).digest).toBe(expected.result.digest);
  });

  it("gives the same digest when a run starts again on what a terminated one left in the store", async () => {
    const expected = await runs.finished("prompt-breeder");
    const { handle: first, directory } = await runs.start("again", "prompt-breeder");
    await roundsOf(first, 2);
    await first.terminate();
    const { handle: second } = await runs.start("again", "prompt-breeder", { directory });
    expect((await second.result()).digest).toBe(expected.result.digest);
  });
});
