import { ApplicationFailure, Context } from "@temporalio/activity";
import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import { NativeConnection, Worker } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunRef } from "../../activities/run/run-inputs.js";
import type { StagedRefresh } from "../../activities/stage-refresh.js";
import { TASK_QUEUES, workflowId } from "../../config/queues.js";
import { workflowCode } from "../../workers/workflow-code.js";
import type { DataSwarmInput } from "../../workflows/data-swarm.js";
import type { EvaluateQuestionsInput } from "../../workflows/evaluate-questions.js";
import type { QuestionSetInput } from "../../workflows/question-set.js";
import type { RefreshInput } from "../../workflows/refresh.js";
import { quietRuntime } from "../support/quiet-runtime.js";
import { useTemporal } from "../support/temporal.js";

const temporal = useTemporal();
const run: RunRef = { runId: "source", storeUri: "file:///nowhere" };
const DATED = "dated";

/** An activity that fails as soon as it is told to stop, as one does whose store or model was just taken away. */
async function failWhenCancelled(): Promise<never> {
  const { cancelled, heartbeat } = Context.current();
  const beats = setInterval(() => heartbeat(), 50);
  await cancelled.catch(() => undefined).finally(() => clearInterval(beats));
  throw new Error("the disk is gone");
}

async function failAtOnce(): Promise<never> {
  throw ApplicationFailure.nonRetryable("the disk is gone");
}

const dataSwarm: DataSwarmInput = { run };
const evaluateQuestions: EvaluateQuestionsInput = { run, folder: "runs/source/fresh/given" };
const questionSet: QuestionSetInput = { run, adapter: "a", cluster: null, folder: "f", count: 1, seed: 1 };
const refresh: RefreshInput = { schedule: "nightly", source: run, sampleOnly: false, count: 1 };

describe("a workflow", () => {
  let connections: readonly [Connection, NativeConnection];
  let client: Client;

  beforeAll(async () => {
    quietRuntime();
    const { address, namespace } = temporal;
    connections = [await Connection.connect({ address }), await NativeConnection.connect({ address })];
    client = new Client({ connection: connections[0], namespace });
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  /** Runs a test with workers whose first activity of each workflow is the given one. */
  async function withWorkers(first: () => Promise<never>, test: () => Promise<void>): Promise<void> {
    const options = {
      connection: connections[1],
      namespace: temporal.namespace,
      maxHeartbeatThrottleInterval: "100ms",
      defaultHeartbeatThrottleInterval: "100ms",
    } as const;
    const staged: StagedRefresh = { ...run, runId: DATED, workflow: "dataSwarm" };
    const stageRefresh = (): Promise<StagedRefresh> => Promise.resolve(staged);
    const cpu = await Worker.create({
      ...options,
      taskQueue: TASK_QUEUES.cpu,
      activities: { openRun: first, openStages: first, stageRefresh },
      ...workflowCode(),
    });
    const gpu = await Worker.create({ ...options, taskQueue: TASK_QUEUES.gpu, activities: { sampleQuestions: first } });
    await cpu.runUntil(() => gpu.runUntil(test));
  }

  function start(workflow: string, input: unknown, id = workflow): Promise<WorkflowHandle> {
    return client.workflow.start(workflow, { workflowId: id, taskQueue: TASK_QUEUES.cpu, args: [input] });
  }

  async function isWorking(id: string): Promise<boolean> {
    const { pendingActivities } = (await client.workflow.getHandle(id).describe()).raw;
    return (pendingActivities?.[0]?.lastStartedTime ?? null) !== null;
  }

  it.each([
    ["dataSwarm", dataSwarm],
    ["evaluateQuestions", evaluateQuestions],
    ["questionSet", questionSet],
  ])("%s that is cancelled ends as cancelled where its last activity fails instead of stopping", (workflow, input) =>
    withWorkers(failWhenCancelled, async () => {
      const handle = await start(workflow, input);
      await expect.poll(() => isWorking(workflow), { timeout: 60_000 }).toBe(true);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: "CancelledFailure" } });
      expect((await handle.describe()).status.name).toBe("CANCELLED");
    }),
  );

  it("refresh that is cancelled ends as cancelled with its search", () =>
    withWorkers(failWhenCancelled, async () => {
      const handle = await start("refresh", refresh);
      const search = workflowId(DATED);
      await expect.poll(() => isWorking(search).catch(() => false), { timeout: 60_000 }).toBe(true);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: "CancelledFailure" } });
      for (const id of ["refresh", search]) {
        expect((await client.workflow.getHandle(id).describe()).status.name).toBe("CANCELLED");
      }
    }));

  it("whose activity fails without anybody cancelling it fails", () =>
    withWorkers(failAtOnce, async () => {
      const handle = await start("questionSet", questionSet, "failing");
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: "ActivityFailure" } });
      expect((await handle.describe()).status.name).toBe("FAILED");
    }));
});
