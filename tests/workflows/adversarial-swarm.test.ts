import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { RetuneTakerRequest } from "../../activities/retune-taker.js";
import { readFlatAdapter } from "../../adapters/flat.js";
import { storeFolder } from "../../adapters/folder.js";
import { findBestTaker } from "../../client/best-taker.js";
import { checkpointSchema } from "../../client/checkpoint-body.js";
import { expectResult } from "../../client/run-result.js";
import { workflowId } from "../../config/queues.js";
import { EmbeddedModel } from "../../models/onnx/embedded-model.js";
import { answerPrompt } from "../../models/prompts.js";
import { answerSchema, gradeSchema, type Question, questionSchema } from "../../models/records.js";
import type { AdversarialResult } from "../../report/adversarial-result.js";
import type { RunResult } from "../../report/result.js";
import { latestCheckpoint, readCheckpoint } from "../../store/checkpoints.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { comparedPositions } from "../../swarm/remeasured-bests.js";
import { pauseSignal, resumeSignal, type RunStatus, statusQuery, stopSignal } from "../../workflows/messages.js";
import { SwarmEngine, type SwarmHandle } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();

const ITERATIONS = 2;
const TRAININGS = ["base-model", "dev-set", "initial-generators", "data-swarm"];
const SMALL = [
  `swarm.maxIterations=${ITERATIONS}`,
  "swarm.questionsPerIteration=12",
  "generators.sft.instances=16",
  "adversarial.windowSize=10",
  "adversarial.heldOutQuestions=12",
  "adversarial.testQuestions=20",
  `adversarial.comparison.trainings=[${TRAININGS.join(", ")}]`,
  "evaluation.freshQuestions=12",
  "iterationsPerExecution=1",
];
const NOTHING_COMPARED = "adversarial.comparison.enabled=false";
const TAKERS = ["generalist", "pathfinder", "planner"];

function start(id: string, store: string, more: readonly string[] = []): Promise<SwarmHandle> {
  return engine.start({ config: "fixtures/configs/adversarial.yaml", id, store, set: [...SMALL, ...more] });
}

async function until(handle: SwarmHandle, reached: (status: RunStatus) => boolean): Promise<RunStatus> {
  for (;;) {
    const status = await handle.query(statusQuery);
    if (reached(status)) return status;
    await sleep(50);
  }
}

function questionsIn(store: Store, folder: string): Promise<Question[]> {
  return readJsonLines(store, keys.questions(folder), questionSchema);
}

/** The share of right answers of each who answered in a folder, by hand. */
async function shares(store: Store, folder: string, takers: readonly string[]): Promise<number[]> {
  const grades = await readJsonLines(store, keys.grades(folder), gradeSchema);
  return takers.map((name) => {
    const own = grades.filter(({ taker }) => taker === name);
    return own.reduce((sum, { performance }) => sum + performance, 0) / own.length;
  });
}

function closeTo(values: readonly number[]): unknown[] {
  return values.map((value): unknown => expect.closeTo(value, 12));
}

describe("adversarialSwarm", () => {
  let store: Store;
  let result: RunResult;
  let adversarial: AdversarialResult;

  beforeAll(async () => {
    await engine.startWorkers();
    result = await (await start("whole", directory)).result();
    adversarial = result.adversarial!;
    store = await openStore(directory);
  });

  it("moves both swarms in every iteration and commits them together", async () => {
    expect(result.iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(adversarial.iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    for (const name of TAKERS) {
      const folder = keys.taker("whole", ITERATIONS, name);
      expect(await store.stat(keys.adapterConfig(folder))).toBeDefined();
      expect(await store.stat(keys.adapterConfig(`${folder}/velocity`))).toBeDefined();
    }
    const checkpoint = await latestCheckpoint(store, "whole", checkpointSchema);
    expect(checkpoint?.iteration).toBe(ITERATIONS);
    expect(checkpoint?.body.adversarial?.takers.iteration).toBe(ITERATIONS);
    expect(await expectResult(store, "whole")).toEqual(result);
  });

  it("scores generators against the takers as they are after the step before", async () => {
    for (const iteration of [0, 1, 2]) {
      for (const particle of [0, 1]) {
        const score = result.iterations[iteration]?.scores[particle];
        if (score === null) continue;
        const right = await shares(store, keys.particle("whole", iteration, particle), TAKERS);
        expect(score).toBeCloseTo(1 - Math.max(...right), 12);
      }
    }
  });

  it("has the generators' questions answered with the adapters that the takers have moved to", async () => {
    const model = await EmbeddedModel.open("fixtures/models/small", { threads: 1 });
    try {
      const folder = keys.particle("whole", ITERATIONS, 0);
      const questions = await questionsIn(store, folder);
      const answers = await readJsonLines(store, keys.answers(folder), answerSchema);
      for (const name of TAKERS) {
        const moved = storeFolder(store, keys.taker("whole", ITERATIONS - 1, name));
        const replies = await model.generate(
          questions.map(({ question }) => ({ prompt: answerPrompt(question), random: { seed: 0, purpose: "greedy" } })),
          {
            adapter: await readFlatAdapter(moved, model.manifest.lora),
            sampling: { temperature: 0, topP: 1, maxNewTokens: 32, stop: { text: "\n" } },
          },
        );
        const given = answers.filter(({ taker }) => taker === name).map(({ response }) => response);
        expect(given).toEqual(replies.map(({ text }) => text.trim()));
      }
    } finally {
      await model.close();
    }
  });

  it("keeps the first eight of ten questions in the window and replaces the newest two", async () => {
    const windows = await Promise.all(
      [0, 1, 2].map((iteration) => questionsIn(store, keys.window("whole", iteration))),
    );
    const ids = windows.map((window) => window.map(({ id }) => id));
    expect(ids.map((window) => window.length)).toEqual([10, 10, 10]);
    expect(adversarial.iterations.map(({ questions, entered }) => [questions, entered])).toEqual([
      [10, 10],
      [10, 2],
      [10, 2],
    ]);
    expect(ids[1]?.slice(0, 8)).toEqual(ids[0]?.slice(0, 8));
    expect(ids[2]?.slice(0, 8)).toEqual(ids[0]?.slice(0, 8));
    expect(ids[2]?.slice(8).every((id) => id.startsWith("0002-"))).toBe(true);
  });

  it("measures every taker on the window and on the same held-out questions", async () => {
    const heldOut = await questionsIn(store, keys.heldOut("whole", 0));
    expect(heldOut).toHaveLength(12);
    for (const { iteration, window, heldOut: measured } of adversarial.iterations) {
      expect(window).toEqual(closeTo(await shares(store, keys.window("whole", iteration), TAKERS)));
      expect(measured).toEqual(closeTo(await shares(store, keys.heldOut("whole", iteration), TAKERS)));
      expect(await questionsIn(store, keys.heldOut("whole", iteration))).toEqual(heldOut);
    }
    const test = await questionsIn(store, keys.test("whole"));
    expect(test.map(({ id }) => id).filter((id) => heldOut.some((one) => one.id === id))).toEqual([]);
  });

  it("finds the taker with the highest window score of all iterations, of equals the first", async () => {
    const all = adversarial.iterations.flatMap(({ window }) => window);
    const highest = Math.max(...all);
    const place = all.indexOf(highest);
    expect(adversarial.best).toMatchObject({
      taker: TAKERS[place % TAKERS.length],
      iteration: Math.floor(place / TAKERS.length),
      window: highest,
    });
    const best = await findBestTaker({ run: { runId: "whole", storeUri: store.uri }, store });
    expect(best).toMatchObject({ name: adversarial.best.taker, iteration: adversarial.best.iteration });
    expect(await store.stat(keys.adapterModel(best.adapter))).toBeDefined();
  });

  it("compares it on the test questions with fine-tuning on as many questions of other kinds", async () => {
    const test = keys.test("whole");
    const names = ["best-taker", "initial-0", "initial-1", "initial-2", ...TRAININGS];
    const right = await shares(store, test, names);
    const scores = [adversarial.best, ...adversarial.initial, ...adversarial.comparisons].map((one) => one.test.score);
    expect(scores).toEqual(closeTo(right));
    expect(adversarial.comparisons.map(({ training }) => training)).toEqual(TRAININGS);
    expect(adversarial.relativeGain).toBeCloseTo(right[0]! / Math.max(...right.slice(4)) - 1, 12);

    const written = await Promise.all(
      [0, 1, 2].flatMap((iteration) =>
        [0, 1].map(async (particle) => (await questionsIn(store, keys.particle("whole", iteration, particle))).length),
      ),
    );
    const equal = written.reduce((sum, count) => sum + count, 0);
    expect(adversarial.comparisons.map(({ instances }) => instances)).toEqual([0, equal, equal, equal]);
    for (const { questions } of adversarial.comparisons) expect(questions).toBeLessThanOrEqual(equal);
  });

  it("has the plain data swarm as a run of its own, of as many iterations, against the takers as they were", async () => {
    const plain = await expectResult(store, "whole-data-swarm");
    expect(plain.kind).toBe("data-swarm");
    expect(plain.iterations.at(-1)?.iteration).toBe(ITERATIONS);
    expect(plain.iterations[0]).toEqual(result.iterations[0]);
  });

  it("shows all of it in the report", async () => {
    const page = Buffer.from(await store.get(keys.report("whole"))).toString();
    expect(page).toContain("The swarm of test takers");
    for (const name of [...TAKERS, "optimised generators"]) expect(page).toContain(name);
  });

  it("gives the same digest when its workers are stopped in the search and in the comparison and others go on", async () => {
    const handle = await start("moved", await temporaryDirectory());
    const reached: ((status: RunStatus) => boolean)[] = [
      ({ takers }) => takers?.iterations.length === 2,
      ({ phase }) => phase === "compare",
    ];
    for (const point of reached) {
      await until(handle, point);
      await engine.stopWorkers();
      await engine.startWorkers();
    }
    const moved = await handle.result();
    expect(moved.digest).toBe(result.digest);
    expect(moved.adversarial).toEqual(adversarial);
  });

  it("compares with what bests score now where it remeasures them", async () => {
    const anew = await temporaryDirectory();
    await (await start("anew", anew, [NOTHING_COMPARED, "adversarial.bests=remeasured"])).result();
    const there = await openStore(anew);
    for (const iteration of [1, 2]) {
      const [before, after] = await Promise.all(
        [iteration - 1, iteration].map((one) => readCheckpoint(there, "anew", one, checkpointSchema)),
      );
      const known = comparedPositions(before!.body.adversarial!.takers);
      const names = known.map((_, index) => `taker-${index}`);
      const now = await shares(there, keys.remeasured("anew", iteration, "takers"), names);
      const own = await shares(there, keys.window("anew", iteration), TAKERS);
      after!.body.adversarial!.takers.particles.forEach(({ personalBest }, taker) => {
        const old = before!.body.adversarial!.takers.particles[taker]!.personalBest.position;
        expect(personalBest.score).toBeCloseTo(Math.max(now[known.indexOf(old)]!, own[taker]!), 12);
      });
      for (const [index, position] of comparedPositions(before!.body.swarm).entries()) {
        const folder = keys.remeasured("anew", iteration, `generator-${index}`);
        expect(await questionsIn(there, folder)).toEqual(await questionsIn(there, position));
      }
    }
  });

  it("fine-tunes every taker again after each second move where that is asked for, and takes what was trained as its position", async () => {
    const store = await temporaryDirectory();
    const retune = "adversarial.models.retune={every: 2, instances: 8}";
    const handle = await start("retuned", store, [NOTHING_COMPARED, retune, "iterationsPerExecution=9"]);
    const retuned = await handle.result();
    const requests = await engine.activityInputs<RetuneTakerRequest>(workflowId("retuned"), "retuneTaker");
    const positions = TAKERS.map((name) => keys.taker("retuned", 2, name));
    expect(requests.map(({ folder }) => folder).sort()).toEqual(positions.toSorted());
    const there = await openStore(store);
    for (const { folder, model } of requests) {
      expect(model.adapter).toBe(keys.moved(folder));
      const [trained, moved] = await Promise.all(
        [folder, model.adapter].map((place) => there.get(keys.adapterModel(place))),
      );
      expect(Buffer.compare(trained!, moved!)).not.toBe(0);
    }
    const checkpoint = await latestCheckpoint(there, "retuned", checkpointSchema);
    const particles = checkpoint?.body.adversarial?.takers.particles;
    expect(particles?.map(({ position }) => position)).toEqual(positions);
    expect(retuned.adversarial?.iterations.slice(0, 2)).toEqual(adversarial.iterations.slice(0, 2));
  });

  it("holds while it is paused, says how its takers do, and ends after the iteration in which it is told to stop", async () => {
    const handle = await start("told", await temporaryDirectory(), [NOTHING_COMPARED]);
    await handle.signal(pauseSignal);
    await until(handle, ({ waitingFor }) => waitingFor?.startsWith("resume") === true);
    await handle.signal(resumeSignal);
    const { takers } = await until(handle, (status) => status.takers !== undefined);
    expect(takers?.names).toEqual(TAKERS);
    expect(takers?.iterations[0]).toEqual(adversarial.iterations[0]);
    await handle.signal(stopSignal);
    const stopped = await handle.result();
    expect(stopped.stoppedBecause).toBe("stop-requested");
    expect(stopped.adversarial).toMatchObject({ comparisons: [], relativeGain: null });
  });

  it("stops when its budget of questions is spent", async () => {
    const spent = await (
      await start("spent", await temporaryDirectory(), [NOTHING_COMPARED, "budget.questions=1"])
    ).result();
    expect(spent.stoppedBecause).toBe("budget");
    expect(spent.adversarial?.iterations).toHaveLength(1);
  });
});
