import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCheckpointSource } from "../../client/checkpoint-source.js";
import { forkRun } from "../../client/fork-run.js";
import { loadRunConfig } from "../../client/load-run-config.js";
import { expectResult } from "../../client/run-result.js";
import { prepareRun } from "../../client/stage-run.js";
import { TASK_QUEUES, workflowId } from "../../config/queues.js";
import { gradeSchema, questionSchema } from "../../models/records.js";
import type { ChallengeResult, RunResult } from "../../report/result.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import type { SwarmState } from "../../swarm/state.js";
import { evidenceOf } from "../../swarm/tested-bests.js";
import { SMOKE, SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();
const ITERATIONS = 3;
const LEVEL = 0.4;
const TESTED = [
  "swarm.bestUpdate=tested",
  `swarm.bestUpdateLevel=${LEVEL}`,
  `swarm.maxIterations=${ITERATIONS}`,
  "swarm.patience=9",
  "swarm.questionsPerIteration=24",
  "evaluation.freshQuestions=8",
  "generators.sft.instances=16",
];

/** *difficult* of a folder's grades by hand, and its questions: 1 - the highest share of right answers (section 2.2). */
async function evaluationIn(store: Store, folder: string): Promise<{ score: number; questions: number }> {
  const grades = await readJsonLines(store, keys.grades(folder), gradeSchema);
  const takers = [...new Set(grades.map(({ taker }) => taker))];
  const shares = takers.map((name) => {
    const own = grades.filter(({ taker }) => taker === name);
    return own.reduce((sum, { performance }) => sum + performance, 0) / own.length;
  });
  return { score: 1 - Math.max(...shares), questions: grades.length / takers.length };
}

describe("a run that tests its bests", () => {
  let store: Store;
  let result: RunResult;
  let challenges: (ChallengeResult & { readonly iteration: number })[];
  let states: SwarmState[];

  beforeAll(async () => {
    await engine.startWorkers();
    result = await (await engine.start({ id: "tested", store: directory, set: TESTED })).result();
    store = await openStore(directory);
    challenges = result.iterations.flatMap(({ iteration, challenges = [] }) =>
      challenges.map((one) => ({ iteration, ...one })),
    );
    const checkpoints = result.iterations.map(({ iteration }) =>
      readCheckpointSource(`tested@${iteration}`, directory),
    );
    states = (await Promise.all(checkpoints)).map(({ checkpoint }) => checkpoint.body.swarm);
  });

  it("says in its result, which clients read, what was tested and what became of it", async () => {
    expect(result.iterations[0]?.challenges).toBeUndefined();
    expect(result.iterations.slice(1).every((one) => one.challenges !== undefined)).toBe(true);
    expect(challenges.length).toBeGreaterThan(0);
    // On grades of 0 and 1 a p below one half means that the pooled score is higher.
    for (const { pValue, accepted } of challenges) expect(accepted).toBe(pValue !== null && pValue <= LEVEL);
    expect(await expectResult(store, "tested")).toEqual(result);
    const page = Buffer.from(await store.get(keys.report("tested"))).toString();
    expect(page).toContain("All tests of higher scores as a table");
  });

  it("measures both sides of every challenge on fresh questions, under the challenger's folder", async () => {
    for (const { iteration, particle, best } of challenges) {
      const own = await readJsonLines(
        store,
        keys.questions(keys.particle("tested", iteration, particle)),
        questionSchema,
      );
      for (const side of ["challenger", "incumbent"] as const) {
        const folder = keys.confirmation("tested", iteration, particle, `${best}-${side}`);
        const again = await readJsonLines(store, keys.questions(folder), questionSchema);
        expect(again.length).toBeGreaterThan(0);
        expect(again.map(({ question }) => question)).not.toEqual(own.map(({ question }) => question));
        expect(again.every(({ id }) => id.includes(`${best}-${side}`))).toBe(true);
      }
    }
  });

  it("has, in every checkpoint, the mean over all its evaluations as the score of each best", async () => {
    const pooled: number[] = [];
    for (const { particles, globalBest } of states) {
      for (const best of [...particles.map(({ personalBest }) => personalBest), globalBest]) {
        if (best === null || best.score === null) continue;
        const evaluations = await Promise.all(evidenceOf(best).map((folder) => evaluationIn(store, folder)));
        const questions = evaluations.reduce((sum, one) => sum + one.questions, 0);
        const mean = evaluations.reduce((sum, one) => sum + one.score * one.questions, 0) / questions;
        expect(best.score).toBeCloseTo(mean, 12);
        pooled.push(evaluations.length);
      }
    }
    expect(Math.max(...pooled)).toBeGreaterThan(1);
    expect(result.best?.searched).toBe(states.at(-1)?.globalBest?.score);
  });

  it("has as bests those that were accepted, and the old ones where nobody was", () => {
    for (const [iteration, state] of states.entries()) {
      if (iteration === 0) continue;
      for (const [particle, { personalBest }] of state.particles.entries()) {
        const challenge = challenges.find(
          (one) => one.iteration === iteration && one.particle === particle && one.best === "personal",
        );
        const before = states[iteration - 1]!.particles[particle]!.personalBest;
        if (before.score !== null) {
          expect(personalBest.iteration).toBe(challenge?.accepted === true ? iteration : before.iteration);
        }
      }
    }
  });

  it("gives the same digest when it is run again, with workers that are replaced in the middle", async () => {
    const handle = await engine.start({ id: "again", store: await temporaryDirectory(), set: TESTED });
    await engine.stopWorkers();
    await engine.startWorkers();
    expect((await handle.result()).digest).toBe(result.digest);
  });

  it("can be gone on from, without what it left behind", async () => {
    const fork = await forkRun("tested@2", await loadRunConfig(SMOKE, { id: "fork", store: directory, set: TESTED }));
    const { run } = await (await prepareRun(fork.loaded)).stage(fork.stage);
    await rm(join(directory, "runs", "tested"), { recursive: true });
    const client = await engine.client();
    const input = { run, from: fork.from };
    const handle = await client.workflow.start("dataSwarm", {
      workflowId: workflowId("fork"),
      taskQueue: TASK_QUEUES.cpu,
      args: [input],
    });
    const further = (await handle.result()) as RunResult;
    expect(further.iterations).toEqual(result.iterations);
  });
});
