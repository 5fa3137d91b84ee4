import { Client, Connection } from "@temporalio/client";
import { NativeConnection, Worker } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withAskedAt } from "../../client/asked-at.js";
import type { PendingActivity } from "../../client/pending-activities.js";
import { describeRun } from "../../client/start-run.js";
import { TASK_QUEUES, workflowId } from "../../config/queues.js";
import { StoreError } from "../../store/store-error.js";
import { ActivityFailures } from "../../workers/activity-failures.js";
import { workflowCode } from "../../workers/workflow-code.js";
import { quietRuntime } from "../support/quiet-runtime.js";
import { useTemporal } from "../support/temporal.js";

const temporal = useTemporal();

function openRun(): Promise<never> {
  throw new StoreError({ code: "UNREACHABLE", uri: "s3://bucket", problem: "it does not answer\nfor now" });
}

describe("what the server knows of an activity that fails", () => {
  let connections: readonly [Connection, NativeConnection];

  beforeAll(async () => {
    quietRuntime();
    const { address } = temporal;
    connections = [await Connection.connect({ address }), await NativeConnection.connect({ address })];
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  it("is which it is, why, since when it is tried, which try is next, and when", async () => {
    const client = new Client({ connection: connections[0], namespace: temporal.namespace });
    const run = { runId: "away", storeUri: "s3://bucket" };
    const options = { workflowId: workflowId("away"), taskQueue: TASK_QUEUES.cpu, args: [{ run }] };
    const handle = await client.workflow.start("dataSwarm", options);
    const { workflowBundle, workflowsPath, interceptors } = workflowCode();
    const worker = await Worker.create({
      connection: connections[1],
      namespace: temporal.namespace,
      taskQueue: TASK_QUEUES.cpu,
      activities: { openRun },
      ...(workflowBundle === undefined ? { workflowsPath: workflowsPath! } : { workflowBundle }),
      interceptors: {
        ...interceptors,
        activity: [(context) => ({ inbound: new ActivityFailures(context, new Map()) })],
      },
    });
    const seen = async (): Promise<PendingActivity | undefined> => (await describeRun(client, "away"))?.activities[0];
    await worker.runUntil(async () => {
      await expect.poll(seen, { timeout: 60_000 }).toMatchObject({
        runId: "away",
        activity: "openRun",
        attempt: 3,
        isUnderWay: false,
        failure: { type: "StoreError", message: "store s3://bucket: it does not answer · for now" },
      });
    });
    const { startTime } = await handle.describe();
    const failing = (await describeRun(client, "away"))?.activities ?? [];
    const [one] = await withAskedAt(client, failing);
    expect(one?.askedAt).toBeGreaterThanOrEqual(startTime.getTime());
    expect(one?.failure?.at).toBeGreaterThanOrEqual(one!.askedAt!);
    expect(one?.nextTryAt).toBeGreaterThan(one!.failure!.at!);
    await handle.terminate();
  });
});
