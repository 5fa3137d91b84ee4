import { beforeAll, describe, expect, it } from "vitest";
import { readCheckpointSource } from "../../client/checkpoint-source.js";
import { expectResult } from "../../client/run-result.js";
import { workflowId } from "../../config/queues.js";
import { gradeSchema, questionSchema } from "../../models/records.js";
import type { RunResult } from "../../report/result.js";
import { readJsonLines } from "../../store/json-lines.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import type { SwarmState } from "../../swarm/state.js";
import { SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();
const FOUND = [
  "generators.sampling.from=found",
  "swarm.questionsPerIteration=12",
  "evaluation.freshQuestions=8",
  "generators.sft.instances=16",
  "iterationsPerExecution=9",
];

interface SampleInput {
  readonly folder: string;
  readonly cluster: number | null;
  readonly examples?: readonly string[];
}

describe("a run whose generators are shown what was found", () => {
  let store: Store;
  let result: RunResult;
  let states: SwarmState[];
  let samples: Map<string, SampleInput>;

  beforeAll(async () => {
    await engine.startWorkers();
    const handle = await engine.start({ id: "found", store: directory, set: FOUND });
    result = await handle.result();
    store = await openStore(directory);
    const checkpoints = result.iterations.map(({ iteration }) => readCheckpointSource(`found@${iteration}`, directory));
    states = (await Promise.all(checkpoints)).map(({ checkpoint }) => checkpoint.body.swarm);
    const inputs = await engine.activityInputs<SampleInput>(workflowId("found"), "sampleQuestions");
    samples = new Map(inputs.map((input) => [input.folder, input]));
  });

  it("shows the initial generators their clusters, since nothing is found yet", () => {
    for (const particle of [0, 1]) {
      expect(samples.get(keys.particle("found", 0, particle))).toMatchObject({ cluster: particle });
      expect(samples.get(keys.particle("found", 0, particle))?.examples).toBeUndefined();
      expect(samples.get(keys.fresh("found", `initial-${particle}`))?.examples).toBeUndefined();
    }
  });

  it("then shows each what its best and the swarm's best found, which draw its weights too", () => {
    for (const [iteration, { particles, globalBest }] of states.slice(0, -1).entries()) {
      particles.forEach(({ personalBest }, particle) => {
        const positions = [
          ...(personalBest.score === null ? [] : [personalBest.position]),
          ...(globalBest === null ? [] : [globalBest.position]),
        ];
        const { examples } = samples.get(keys.particle("found", iteration + 1, particle)) ?? {};
        expect(examples).toEqual([...new Set(positions)].map((position) => keys.examples(position)));
      });
    }
  });

  it("measures the best on fresh questions with what it found itself", () => {
    const { position } = states.at(-1)!.globalBest!;
    expect(samples.get(keys.fresh("found", "best"))?.examples).toEqual([keys.examples(position)]);
  });

  it("finds, for difficult, the questions that the best test taker fails", async () => {
    const folder = states.at(-1)!.globalBest!.position;
    const grades = await readJsonLines(store, keys.grades(folder), gradeSchema);
    const questions = await readJsonLines(store, keys.questions(folder), questionSchema);
    const examples = await readJsonLines(store, keys.examples(folder), questionSchema);
    const right = (taker: string) => grades.filter((one) => one.taker === taker && one.performance === 1);
    const takers = [...new Set(grades.map(({ taker }) => taker))];
    const most = Math.max(...takers.map((taker) => right(taker).length));
    const strongest = takers.filter((taker) => right(taker).length === most);
    // Where two share the first place, a question that only one of them fails does not lower the highest performance.
    const failed = questions.filter(({ id }) =>
      strongest.every((taker) => !right(taker).some(({ questionId }) => questionId === id)),
    );
    expect(examples.length).toBeGreaterThanOrEqual(failed.length);
    expect(failed.every(({ id }) => examples.some((one) => one.id === id))).toBe(true);
    const written = new Set(questions.map(({ question }) => question));
    expect(examples.every(({ question }) => written.has(question))).toBe(true);
  });
});

describe("an adversarial run whose generators are shown what was found", () => {
  it("trains for comparison on what the best generator of its data swarm writes when it is shown what it found itself", async () => {
    const store = await temporaryDirectory();
    const handle = await engine.start({
      config: "fixtures/configs/adversarial.yaml",
      id: "against",
      store,
      set: [
        ...FOUND,
        "swarm.maxIterations=1",
        "adversarial={windowSize: 10, heldOutQuestions: 8, testQuestions: 8, comparison: {trainings: [data-swarm]}}",
      ],
    });
    await handle.result();
    const plain = await expectResult(await openStore(store), "against-data-swarm");
    const { particle, iteration } = plain.best!;
    const inputs = await engine.activityInputs<SampleInput>(workflowId("against"), "sampleQuestions");
    const training = inputs.find(({ folder }) => folder === `${keys.training("against", "data-swarm")}/best`);
    const position = keys.particle("against-data-swarm", iteration, particle);
    expect(training).toMatchObject({ adapter: position, examples: [keys.examples(position)] });
  });
});
