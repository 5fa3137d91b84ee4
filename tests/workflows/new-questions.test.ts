import { beforeAll, describe, expect, it } from "vitest";
import { type SampleSummary, sampleSummarySchema } from "../../activities/sample-questions.js";
import type { RunResult } from "../../report/result.js";
import { readJson } from "../../store/json.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import { SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const directory = await temporaryDirectory();
const RUN_ID = "new-questions";
const MIN_NEW = 1;

describe("a search that asks for new questions", () => {
  let result: RunResult;

  beforeAll(async () => {
    await engine.startWorkers();
    const set = [
      `swarm.minNew=${MIN_NEW}`,
      "generators.sampling.temperature=1",
      "generators.includeBase=true",
      "swarm.maxIterations=1",
      "iterationsPerExecution=9",
    ];
    result = await (await engine.start({ id: RUN_ID, store: directory, set })).result();
  });

  async function sampled(folder: string): Promise<SampleSummary> {
    return readJson(await openStore(directory), keys.sampling(folder), sampleSummarySchema);
  }

  it("scores exactly the generators of whose questions enough are valid and new", async () => {
    const enough: boolean[] = [];
    for (const { iteration, scores } of result.iterations) {
      for (const particle of scores.keys()) {
        const { valid, drawn } = await sampled(keys.particle(RUN_ID, iteration, particle));
        enough.push(valid / drawn >= MIN_NEW);
      }
    }
    expect(result.iterations.flatMap(({ scores }) => scores.map((score) => score !== null))).toEqual(enough);
    expect(new Set(enough)).toEqual(new Set([true, false]));
  });

  it("measures all initial generators afterwards, those too that do not write enough", async () => {
    const measured = result.initial.map(async ({ particle, fresh }) => {
      const { valid, drawn } = await sampled(keys.fresh(RUN_ID, `initial-${particle}`));
      expect(fresh.score).not.toBeNull();
      return valid / drawn;
    });
    expect(Math.min(...(await Promise.all(measured)))).toBeLessThan(MIN_NEW);
  });
});
