import { beforeAll, describe, expect, it } from "vitest";
import { readCheckpointSource } from "../../client/checkpoint-source.js";
import { workflowId } from "../../config/queues.js";
import type { RunResult } from "../../report/result.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import type { SwarmState } from "../../swarm/state.js";
import { SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();
const RUN_ID = "retuned";
const RETUNED = [
  "generators.sampling.from=found",
  "generators.sft.instances=16",
  "swarm.retune.every=2",
  "swarm.retune.instances=16",
  "swarm.questionsPerIteration=12",
  "evaluation.freshQuestions=8",
  "iterationsPerExecution=9",
];

interface Retuned {
  readonly iteration: number;
  readonly particle: number;
  readonly from: string;
  readonly examples: readonly string[];
  readonly folder: string;
}

describe("a run whose particles are fine-tuned again after every second move", () => {
  let store: Store;
  let result: RunResult;
  let retuned: Retuned[];

  beforeAll(async () => {
    await engine.startWorkers();
    const handle = await engine.start({ id: RUN_ID, store: directory, set: RETUNED });
    result = await handle.result();
    store = await openStore(directory);
    retuned = await engine.activityInputs<Retuned>(workflowId(RUN_ID), "retuneGenerator");
  });

  async function stateAfter(iteration: number): Promise<SwarmState> {
    return (await readCheckpointSource(`${RUN_ID}@${iteration}`, directory)).checkpoint.body.swarm;
  }

  it("trains all of them in each second iteration, and none in the others", () => {
    const iterations = result.iterations.map(({ iteration }) => iteration).filter((iteration) => iteration > 0);
    const expected = iterations
      .filter((iteration) => iteration % 2 === 0)
      .flatMap((iteration) => [iteration, iteration]);
    expect(expected.length).toBeGreaterThan(0);
    expect(retuned.map(({ iteration }) => iteration)).toEqual(expected);
  });

  it("starts from where the move ended and learns what was found at the positions that drew it there", async () => {
    for (const { iteration, particle, from, examples } of retuned) {
      expect(from).toBe(keys.moved(keys.particle(RUN_ID, iteration, particle)));
      const { particles, globalBest } = await stateAfter(iteration - 1);
      const drewIt = [particles[particle]!.personalBest, globalBest].flatMap((best) =>
        best === null || best.score === null ? [] : [keys.examples(best.position)],
      );
      expect(examples).toEqual([...new Set(drewIt)]);
    }
  });

  it("makes what was trained the particle's position, which is not where the move ended", async () => {
    for (const { iteration, particle, folder, from } of retuned) {
      expect((await stateAfter(iteration)).particles[particle]!.position).toBe(folder);
      const [there, moved] = await Promise.all([folder, from].map((place) => store.get(keys.adapterModel(place))));
      expect(Buffer.compare(there!, moved!)).not.toBe(0);
    }
  });

  it("counts the trainings among what the run used", () => {
    const { "fine-tune": seconds } = result.usage.seconds;
    expect(seconds).toBeGreaterThan(0);
  });
});
