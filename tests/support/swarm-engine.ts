import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import { afterAll } from "vitest";
import { prepareRun } from "../../client/stage-run.js";
import { loadConfig } from "../../config/load-config.js";
import { runWorkflow, TASK_QUEUES, workflowId } from "../../config/queues.js";
import type { RunResult } from "../../report/result.js";
import { type RunningWorkers, startWorkers } from "../../workers/start-workers.js";
import type { DataSwarmInput } from "../../workflows/data-swarm.js";
import { quietRuntime } from "./quiet-runtime.js";
import type { TemporalForTests } from "./temporal.js";

export const SMOKE = "fixtures/configs/smoke.yaml";

export type SwarmHandle = WorkflowHandle<(input: DataSwarmInput) => Promise<RunResult>>;

/** Workers and a client on a real server, for the tests of one file; started at the first call. */
export class SwarmEngine {
  readonly #server: TemporalForTests;
  #connection: Connection | undefined;
  #workers: RunningWorkers | undefined;

  constructor(server: TemporalForTests) {
    this.#server = server;
    quietRuntime();
    afterAll(() => this.close());
  }

  async client(): Promise<Client> {
    const { address, namespace } = this.#server;
    this.#connection ??= await Connection.connect({ address });
    return new Client({ connection: this.#connection, namespace });
  }

  async startWorkers(): Promise<void> {
    const { address, namespace } = this.#server;
    this.#workers ??= await startWorkers({ connection: { address }, namespace, roles: ["cpu", "gpu", "llm"] });
  }

  async stopWorkers(): Promise<void> {
    this.#workers?.shutdown();
    await this.#workers?.stopped;
    this.#workers = undefined;
  }

  /** Stages a config, the smoke config where none is named, as a run and starts it. */
  async start({
    config = SMOKE,
    ...options
  }: {
    readonly id: string;
    readonly store: string;
    readonly set?: readonly string[];
    readonly config?: string;
  }): Promise<SwarmHandle> {
    const loaded = await loadConfig(config, options);
    const { run } = await (await prepareRun(loaded)).stage();
    const client = await this.client();
    return client.workflow.start<(input: DataSwarmInput) => Promise<RunResult>>(runWorkflow(loaded.config), {
      workflowId: workflowId(run.runId),
      taskQueue: TASK_QUEUES.cpu,
      args: [{ run }],
    });
  }

  /** What a workflow's latest execution asked of one of its activities, in the order in which it did. */
  async activityInputs<Input>(workflow: string, activity: string): Promise<Input[]> {
    const { events } = await (await this.client()).workflow.getHandle(workflow).fetchHistory();
    return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
      const data = scheduled?.activityType?.name === activity ? scheduled.input?.payloads?.[0]?.data : undefined;
      return data ? [JSON.parse(Buffer.from(data).toString("utf8")) as Input] : [];
    });
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    await this.#connection?.close();
    this.#connection = undefined;
  }
}
