import { beforeEach, describe, expect, it } from "vitest";
import { findBaselineWriter } from "../../../client/baseline-writer.js";
import { findBestGenerator } from "../../../client/best-generator.js";
import type { FoundRun } from "../../../client/known-runs.js";
import type { Method } from "../../../config/baseline-schema.js";
import { TASK_QUEUES } from "../../../config/queues.js";
import { keys } from "../../../store/keys.js";
import type { writerQuestions } from "../../../workflows/writer-questions.js";
import { BaselineRuns, type FinishedBaseline, questionsIn } from "../../support/baseline-runs.js";
import { SwarmEngine } from "../../support/swarm-engine.js";
import { useTemporal } from "../../support/temporal.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";
const engine = new SwarmEngine(useTemporal());
const runs = new BaselineRuns(engine, await temporaryDirectory());

beforeEach(() => engine.startWorkers());

describe("what a baseline leaves behind", () => {
  const found = ({ id, store }: FinishedBaseline): FoundRun => ({ run: { runId: id, storeUri: store.uri }, store });

  it("is an adapter where there is one, else a line that says why not", async () => {
    const soup = await findBestGenerator(found(await runs.finished("model-soup")));
    expect(soup).toMatchObject({ particle: 0, iteration: 1, adapter: keys.particle("model-soup", 1, 0) });
    for (const method of ["dev-set", "initial-generators", "prompt-breeder"] as const)
      await expect(findBestGenerator(found(await runs.finished(method)))).rejects.toMatchObject({ code: "NO_ADAPTER" });
  });

  it.each<Method>(["dev-set", "initial-generators", "prompt-breeder"])("writes more questions: %s", async (method) => {
    const one = await runs.finished(method);
    const { run: ref } = found(one);
    const { writer } = await findBaselineWriter(found(one));
    const folder = `${keys.run(one.id)}/samples/more`;
    const client = await engine.client();
    const input = { run: ref, writer, folder, count: 10, seed: 7 };
    const summary = await client.workflow.execute<typeof writerQuestions>("writerQuestions", {
      workflowId: `more-${method}`,
      taskQueue: TASK_QUEUES.cpu,
      args: [input],
    });
    expect(summary.valid).toBe(10);
    const measured = new Set((await questionsIn(one, keys.fresh(one.id, "best"))).map(({ question }) => question));
    const questions = (await questionsIn(one, folder)).map(({ question }) => question);
    expect(questions).toHaveLength(10);
    expect(questions.every((question) => measured.has(question))).toBe(false);
  });
});
