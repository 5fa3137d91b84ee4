import type { Client } from "@temporalio/client";
import proto from "@temporalio/proto";
import { describe, expect, it } from "vitest";
import { describeRun } from "../../client/start-run.js";
import { type Role, TASK_QUEUES } from "../../config/queues.js";

const { PendingActivityState: State } = proto.temporal.api.enums.v1;
const { DescribeWorkflowExecutionResponse: Description } = proto.temporal.api.workflowservice.v1;

interface Known {
  /** Whose work has waited for a minute. */
  readonly waitsFor?: Role;
  readonly children?: readonly string[];
}

/** A server that knows some workflows. */
function clientOf(workflows: Readonly<Record<string, Known>>): Client {
  const getHandle = (id: string) => ({
    describe: async () => {
      const known = workflows[id];
      if (known === undefined) throw new Error(`no workflow ${id}`);
      const { waitsFor, children = [] } = known;
      const raw = Description.fromObject({
        pendingActivities:
          waitsFor === undefined
            ? []
            : [
                {
                  state: State.PENDING_ACTIVITY_STATE_SCHEDULED,
                  scheduledTime: { seconds: Date.now() / 1000 - 60 },
                  activityOptions: { taskQueue: { name: TASK_QUEUES[waitsFor] } },
                },
              ],
        pendingChildren: children.map((workflowId) => ({ workflowId })),
      });
      return { status: { name: "RUNNING" }, memo: { storeUri: "file:///store" }, raw };
    },
  });
  return { workflow: { getHandle } } as unknown as Client;
}

describe("what the server knows of a run", () => {
  it("names the roles that the run waits for, and those that runs wait for which it started", async () => {
    const client = clientOf({
      "swarm-search": { waitsFor: "cpu", children: ["swarm-search-h00", "swarm-search-h01"] },
      "swarm-search-h00": { waitsFor: "gpu" },
      "swarm-search-h01": {},
    });
    expect((await describeRun(client, "search"))?.missingRoles).toEqual(["cpu", "gpu"]);
    expect((await describeRun(client, "search-h01"))?.missingRoles).toEqual([]);
  });

  it("does without what it cannot learn of a run that has just ended", async () => {
    const client = clientOf({ "swarm-search": { waitsFor: "gpu", children: ["swarm-search-h00"] } });
    expect((await describeRun(client, "search"))?.missingRoles).toEqual(["gpu"]);
  });
});
