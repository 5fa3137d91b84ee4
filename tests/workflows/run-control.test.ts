import { Context } from "@temporalio/activity";
import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import { NativeConnection, Worker } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TASK_QUEUES } from "../../config/queues.js";
import { workflowCode } from "../../workers/workflow-code.js";
import { statusQuery } from "../../workflows/messages.js";
import type { Told } from "../../workflows/run-control.js";
import { quietRuntime } from "../support/quiet-runtime.js";
import { useTemporal } from "../support/temporal.js";

const temporal = useTemporal();
const run = { runId: "told", storeUri: "file:///nowhere" };

/** A search that goes on as a new execution at once, again and again. */
const ENDLESS = {
  plan: { swarm: { patience: 9, maxIterations: 9 }, budget: {}, iterationsPerExecution: 0 },
  swarm: { iteration: 0, stagnation: 0, globalBest: null, particles: [] },
  iterations: [],
  usage: { questions: 0, tokens: 0, calls: 0, usd: 0, seconds: {} },
  startedFrom: 0,
  iterationMilliseconds: 0,
};

/** An activity that is under way for as long as anybody wants it. */
async function untilCancelled(): Promise<never> {
  const { cancelled, heartbeat } = Context.current();
  const beats = setInterval(() => heartbeat(), 50);
  return cancelled.finally(() => clearInterval(beats));
}

/** Of runs on the way to their first worker: what each is told after its start, and what it was told by then. */
const TOLD: readonly [messages: string, before: Told, { readonly paused: boolean; readonly stopRequested: boolean }][] =
  [
    ["pause resume pause", {}, { paused: true, stopRequested: false }],
    ["pause resume", {}, { paused: false, stopRequested: false }],
    ["pause pause resume", {}, { paused: false, stopRequested: false }],
    ["stop pause", {}, { paused: true, stopRequested: true }],
    ["pause stop", {}, { paused: false, stopRequested: true }],
    ["stop resume pause resume", {}, { paused: false, stopRequested: true }],
    // What the execution before it was told.
    ["resume pause", { paused: true }, { paused: true, stopRequested: false }],
    ["pause resume", { paused: true }, { paused: false, stopRequested: false }],
    ["pause", { stopRequested: true }, { paused: true, stopRequested: true }],
    ["of-another-version pause", {}, { paused: true, stopRequested: false }],
  ];
const idOf = (messages: string, before: Told): string => `told ${messages} ${JSON.stringify(before)}`;

describe("a run that was told something while no worker ran", () => {
  let connections: readonly [Connection, NativeConnection];
  let client: Client;
  let worker: Worker;
  let running: Promise<void>;

  function start(workflowId: string, ...args: unknown[]): Promise<WorkflowHandle> {
    return client.workflow.start("dataSwarm", { workflowId, taskQueue: TASK_QUEUES.cpu, args });
  }

  beforeAll(async () => {
    quietRuntime();
    const { address, namespace } = temporal;
    connections = [await Connection.connect({ address }), await NativeConnection.connect({ address })];
    client = new Client({ connection: connections[0], namespace });
    for (const [messages, before] of TOLD) {
      const handle = await start(idOf(messages, before), { run, ...before });
      for (const message of messages.split(" ")) await handle.signal(message);
    }
    await (await start("cancelled", { run, search: ENDLESS })).cancel();
    await start("without input");
    worker = await Worker.create({
      connection: connections[1],
      namespace,
      maxHeartbeatThrottleInterval: "100ms",
      defaultHeartbeatThrottleInterval: "100ms",
      shutdownGraceTime: "1s",
      taskQueue: TASK_QUEUES.cpu,
      activities: { openRun: untilCancelled },
      ...workflowCode(),
    });
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await Promise.all(connections.map((connection) => connection.close()));
  });

  it.each(TOLD)("obeys %s in the order in which it was told, knowing %o before", async (messages, before, expected) => {
    const handle = client.workflow.getHandle(idOf(messages, before));
    const { waitingFor, stopRequested } = await handle.query(statusQuery);
    expect({ paused: waitingFor !== null, stopRequested }).toEqual(expected);
  });

  it("ends as cancelled where it was to go on as a new execution next", async () => {
    const handle = client.workflow.getHandle("cancelled");
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: "CancelledFailure" } });
    expect((await handle.describe()).status.name).toBe("CANCELLED");
  });

  it("fails, and says why, where its own code throws", async () => {
    const failure = { cause: { type: "TypeError", nonRetryable: true } };
    await expect(client.workflow.getHandle("without input").result()).rejects.toMatchObject(failure);
  });
});
