import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleWorkflowCode, Worker, type WorkflowBundle } from "@temporalio/worker";
import { DeterminismViolationError } from "@temporalio/workflow";
import { beforeAll, describe, expect, it } from "vitest";
import { workflowSource } from "../../workers/workflow-code.js";
import { quietRuntime } from "../support/quiet-runtime.js";

const HISTORIES = "fixtures/histories";
const histories = await readdir(HISTORIES);

describe("saved histories", () => {
  let workflowBundle: WorkflowBundle;

  beforeAll(async () => {
    quietRuntime();
    workflowBundle = await bundleWorkflowCode(workflowSource());
  });

  it("are of a run that continued as new, from start to end", () => {
    expect(histories.length).toBeGreaterThanOrEqual(2);
  });

  it.each(histories)("%s replays with today's workflow code", async (file) => {
    const history: unknown = JSON.parse(await readFile(join(HISTORIES, file), "utf8"));
    await Worker.runReplayHistory({ workflowBundle }, history);
  });

  it("do not replay once they are tampered with", async () => {
    const text = await readFile(join(HISTORIES, histories[0] as string), "utf8");
    const tampered: unknown = JSON.parse(text.replaceAll(/"open(?:Run|Baseline|Adversarial)"/g, '"openAnotherRun"'));
    await expect(Worker.runReplayHistory({ workflowBundle }, tampered)).rejects.toBeInstanceOf(
      DeterminismViolationError,
    );
  });
});
