import { setTimeout as sleep } from "node:timers/promises";
import { Client, Connection } from "@temporalio/client";
import proto from "@temporalio/proto";
import { describe, expect, it } from "vitest";
import {
  missingRoles,
  rolesOf,
  tellTroubles,
  withMissingWorkers,
  WORKERS_MILLISECONDS,
} from "../../client/missing-workers.js";
import { parseConfig } from "../../config/parse-config.js";
import { type Role, TASK_QUEUES } from "../../config/queues.js";
import type { RunStatus } from "../../workflows/messages.js";
import { useTemporal } from "../support/temporal.js";
import { MINIMAL } from "../config/minimal-config.js";

const { PendingActivityState: State, PendingWorkflowTaskState: TaskState } = proto.temporal.api.enums.v1;
const { DescribeWorkflowExecutionResponse: Description } = proto.temporal.api.workflowservice.v1;
const NOW = 1_000_000;

interface Work {
  readonly role: Role;
  readonly isStarted?: boolean;
  /** Seconds ago; negative for a try that is to come. */
  readonly since: number;
}

const at = (since: number) => ({ seconds: NOW / 1000 - since });

function missing(activities: readonly Work[], taskSince?: number): readonly Role[] {
  const description = Description.fromObject({
    pendingActivities: activities.map(({ role, isStarted = false, since }) => ({
      state: isStarted ? State.PENDING_ACTIVITY_STATE_STARTED : State.PENDING_ACTIVITY_STATE_SCHEDULED,
      scheduledTime: at(since),
      activityOptions: { taskQueue: { name: TASK_QUEUES[role] } },
    })),
    ...(taskSince === undefined
      ? {}
      : {
          pendingWorkflowTask: {
            state: TaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED,
            originalScheduledTime: at(taskSince),
          },
        }),
  });
  return missingRoles(description, NOW);
}

describe("a role's workers", () => {
  it("are missed where its work has waited for a while", () => {
    expect(missing([{ role: "gpu", since: 12 }])).toEqual(["gpu"]);
    expect(
      missing([
        { role: "llm", since: 12 },
        { role: "gpu", since: 12 },
      ]),
    ).toEqual(["gpu", "llm"]);
  });

  it("are missed where nobody takes the run itself", () => {
    expect(missing([], 12)).toEqual(["cpu"]);
  });

  it("are not missed where work has only begun to wait, or waits for another try", () => {
    expect(
      missing(
        [
          { role: "gpu", since: 1 },
          { role: "cpu", since: -60 },
        ],
        1,
      ),
    ).toEqual([]);
  });

  it("are not missed where they are at other work of the run, which may take a day", () => {
    expect(
      missing([
        { role: "gpu", since: 5000 },
        { role: "gpu", isStarted: true, since: 9000 },
      ]),
    ).toEqual([]);
  });

  it("are not missed by a run that has ended", () => {
    expect(missing([])).toEqual([]);
  });
});

describe("a run's status", () => {
  const status = { waitingFor: null } as RunStatus;

  it("says that it waits for a worker, as long as it does", () => {
    expect(withMissingWorkers(status, ["gpu"]).waitingFor).toContain("swarm worker --roles gpu");
    expect(withMissingWorkers(status, [])).toBe(status);
  });
});

describe("the roles of a run", () => {
  it("are those of paid calls only where a test taker is behind an endpoint", () => {
    const remote = { name: "remote", endpoint: "http://localhost:8000/v1", model: "small" };
    expect(rolesOf(parseConfig(MINIMAL, "run.yaml"))).toEqual(["cpu", "gpu"]);
    expect(rolesOf(parseConfig({ ...MINIMAL, unseenTakers: [remote] }, "run.yaml"))).toEqual(["cpu", "gpu", "llm"]);
  });
});

describe("short work on a cluster without workers", () => {
  const temporal = useTemporal();

  it("says which worker it waits for, once", async () => {
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection, namespace: temporal.namespace });
    const workflowId = "nobody-samples";
    const handle = await client.workflow.start("questionSet", { workflowId, taskQueue: TASK_QUEUES.cpu, args: [] });
    const ending = new AbortController();
    const said: string[] = [];
    const { signal } = ending;
    const telling = tellTroubles({ client, workflowId, say: (line) => said.push(line), signal });
    await expect.poll(() => said, { timeout: 60_000 }).toHaveLength(1);
    expect(said[0]).toContain("swarm worker --roles cpu");
    await sleep(2 * WORKERS_MILLISECONDS);
    ending.abort();
    await telling;
    expect(said).toHaveLength(1);
    await handle.terminate();
    await connection.close();
  });
});
