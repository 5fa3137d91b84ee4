import { availableParallelism } from "node:os";
import type { Context } from "@temporalio/activity";
import { NativeConnection, type NativeConnectionOptions, Worker, type WorkerOptions } from "@temporalio/worker";
import { createCpuActivities, createGpuActivities, createLlmActivities } from "../activities/index.js";
import { type Role, TASK_QUEUES } from "../config/queues.js";
import { ActivityFailures, type Faults } from "./activity-failures.js";
import type { AllowedStores } from "./allowed-stores.js";
import { Beating } from "./beating.js";
import { EndpointCache } from "./endpoint-cache.js";
import { ModelCache } from "./model-cache.js";
import { RunCache } from "./run-cache.js";
import { workflowCode } from "./workflow-code.js";

export interface WorkersOptions {
  /** Address, and TLS, API key and headers where they are needed. */
  readonly connection: NativeConnectionOptions;
  readonly namespace: string;
  readonly roles: readonly Role[];
  /** Stores that runs may be in; any where not given. */
  readonly stores?: AllowedStores | undefined;
  /** Threads for embedded models; all cores where not given. */
  readonly threads?: number | undefined;
}

export interface RunningWorkers {
  /** Settles when all workers have stopped; rejects where one of them failed. */
  readonly stopped: Promise<void>;
  /** Lets running activities end or stop between two steps of a model, then stops. */
  shutdown(): void;
}

/** Time that short activities and begun calls have to end when the worker leaves; then they are cancelled. */
const GRACE = "10 seconds";
/** How often a heartbeat is sent at most: also how soon people see progress, and an activity that it is cancelled. */
const HEARTBEAT_INTERVAL = "4 seconds";
const LLM_SLOTS = 32;

/** Starts one worker for each role in this process. They share one connection and one copy of each model. */
export async function startWorkers({
  connection: to,
  namespace,
  roles,
  stores,
  threads,
}: WorkersOptions): Promise<RunningWorkers> {
  const connection = await NativeConnection.connect(to);
  const models = new ModelCache(threads);
  const runs = new RunCache(stores);
  const endpoints = new EndpointCache();
  const dependencies = {
    openRun: runs.open.bind(runs),
    openModel: models.open.bind(models),
    openEndpoint: endpoints.open.bind(endpoints),
  };
  const slots = threads ?? availableParallelism();
  const { interceptors: ofWorkflows, ...workflows } = workflowCode();
  const byRole: Record<Role, () => WorkerOptions> = {
    cpu: () => ({
      taskQueue: TASK_QUEUES.cpu,
      activities: createCpuActivities(dependencies),
      ...workflows,
      maxConcurrentActivityTaskExecutions: availableParallelism(),
    }),
    // One activity for each thread of the model: more would only wait for one.
    gpu: () => ({
      taskQueue: TASK_QUEUES.gpu,
      activities: createGpuActivities(dependencies),
      maxConcurrentActivityTaskExecutions: slots,
      // Model work goes on from its last step or chunk, so it is cancelled at once and leaving takes no longer than one step.
      shutdownGraceTime: 0,
    }),
    llm: () => ({
      taskQueue: TASK_QUEUES.llm,
      activities: createLlmActivities(dependencies),
      maxConcurrentActivityTaskExecutions: LLM_SLOTS,
    }),
  };
  const faults: Faults = new Map();
  const activity = [
    () => ({ inbound: new Beating() }),
    (context: Context) => ({ inbound: new ActivityFailures(context, faults) }),
  ];
  const interceptors = { ...ofWorkflows, activity };
  const workers = await Promise.all(
    roles.map((role) =>
      Worker.create({
        connection,
        namespace,
        shutdownGraceTime: GRACE,
        maxHeartbeatThrottleInterval: HEARTBEAT_INTERVAL,
        interceptors,
        ...byRole[role](),
      }),
    ),
  );
  const stopped = runAll(workers).finally(async () => {
    await models.close();
    await connection.close();
  });
  return {
    stopped,
    shutdown: () => {
      for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
    },
  };
}

/** Runs workers until all have stopped; where one fails the others are shut down. */
async function runAll(workers: readonly Worker[]): Promise<void> {
  const settled = await Promise.allSettled(
    workers.map(async (worker) => {
      try {
        await worker.run();
      } finally {
        for (const other of workers) if (other.getState() === "RUNNING") other.shutdown();
      }
    }),
  );
  const failure = settled.find((outcome) => outcome.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
