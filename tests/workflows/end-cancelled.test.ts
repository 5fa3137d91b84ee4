import { Context } from "@temporalio/activity";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection, Worker } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TASK_QUEUES } from "../../config/queues.js";
import { workflowCode } from "../../workers/workflow-code.js";
import type { DataSwarmInput } from "../../workflows/data-swarm.js";
import { quietRuntime } from "../support/quiet-runtime.js";
import { useTemporal } from "../support/temporal.js";

const temporal = useTemporal();
const run = { runId: "cancelled", storeUri: "file:///nowhere" };

/** An activity that fails as soon as it is told to stop, as one does whose store or model was just taken away. */
async function openRun(): Promise<never> {
  const { cancelled, heartbeat } = Context.current();
  const beats = setInterval(() => heartbeat(), 50);
  await cancelled.catch(() => undefined).finally(() => clearInterval(beats));
  throw new Error("the disk is gone");
}

describe("a run that is cancelled", () => {
  let connections: readonly [Connection, NativeConnection];
  let client: Client;

  beforeAll(async () => {
    quietRuntime();
    const { address, namespace } = temporal;
    connections = [await Connection.connect({ address }), await NativeConnection.connect({ address })];
    client = new Client({ connection: connections[0], namespace });
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  it("ends as cancelled where its last activity fails instead of stopping", async () => {
    const worker = await Worker.create({
      connection: connections[1],
      namespace: temporal.namespace,
      taskQueue: TASK_QUEUES.cpu,
      activities: { openRun },
      ...workflowCode(),
      maxHeartbeatThrottleInterval: "100ms",
      defaultHeartbeatThrottleInterval: "100ms",
    });
    await worker.runUntil(async () => {
      const input: DataSwarmInput = { run };
      const started = { workflowId: "cancelled", taskQueue: TASK_QUEUES.cpu, args: [input] };
      const handle = await client.workflow.start("dataSwarm", started);
      const isOpening = async (): Promise<boolean> => {
        const { pendingActivities } = (await handle.describe()).raw;
        return (pendingActivities?.[0]?.lastStartedTime ?? null) !== null;
      };
      await expect.poll(isOpening, { timeout: 60_000 }).toBe(true);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: "CancelledFailure" } });
      expect((await handle.describe()).status.name).toBe("CANCELLED");
    });
  });
});
