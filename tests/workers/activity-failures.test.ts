import { ApplicationFailure, type Context } from "@temporalio/activity";
import type { ActivityExecuteInput } from "@temporalio/worker";
import { describe, expect, it } from "vitest";
import { ClusterError } from "../../metrics/cluster.js";
import { StoreError } from "../../store/store-error.js";
import { ActivityFailures, FEW, type Faults } from "../../workers/activity-failures.js";

const INPUT: ActivityExecuteInput = { args: [], headers: {} };

/** How one try of an activity of the given id ends that throws this. */
async function tryOnce(
  thrown: Error,
  { id = "1", faults = new Map(), aborted = false }: { id?: string; faults?: Faults; aborted?: boolean } = {},
): Promise<unknown> {
  const info = { activityId: id, workflowExecution: { workflowId: "swarm-a", runId: "execution" } };
  const context = { info, cancellationSignal: { aborted } } as unknown as Context;
  const next = async (): Promise<unknown> => {
    throw thrown;
  };
  return new ActivityFailures(context, faults).execute(INPUT, next).catch((failure: unknown) => failure);
}

const unreachable = new StoreError({ code: "UNREACHABLE", uri: "s3://bucket", problem: "no connection" });

describe("a failure of an activity", () => {
  it("that no other try can mend is the last", async () => {
    const failure = await tryOnce(new ClusterError("TOO_FEW_POINTS", "4 clusters, 3 points"));
    expect(failure).toMatchObject({ type: "ClusterError", details: ["TOO_FEW_POINTS"], nonRetryable: true });
  });

  it("that passes is tried again for as long as it takes", async () => {
    const faults: Faults = new Map();
    for (let tries = 0; tries < 3 * FEW; tries++) {
      expect(await tryOnce(unreachable, { faults })).toMatchObject({ type: "StoreError", nonRetryable: false });
    }
  });

  it("that is a mistake, most likely, is tried a few times, which an outage before does not count to", async () => {
    const faults: Faults = new Map();
    const ends = async (thrown: Error, id?: string): Promise<unknown> =>
      ((await tryOnce(thrown, { faults, ...(id === undefined ? {} : { id }) })) as ApplicationFailure).nonRetryable;
    for (let tries = 0; tries < FEW; tries++) expect(await ends(unreachable)).toBe(false);
    for (let tries = 1; tries < FEW; tries++) expect(await ends(new RangeError("-1"))).toBe(false);
    expect(await ends(new RangeError("-1"), "another")).toBe(false);
    expect(await ends(new RangeError("-1"))).toBe(true);
  });

  it("keeps what it says of the next try", async () => {
    const limited = ApplicationFailure.create({
      type: "EndpointError",
      details: ["RATE_LIMITED"],
      nextRetryDelay: 60_000,
      message: "slower",
    });
    expect(await tryOnce(limited)).toBe(limited);
  });

  it("is passed on as it is where the activity was told to stop", async () => {
    const error = new Error("the call was broken off");
    expect(await tryOnce(error, { aborted: true })).toBe(error);
  });

  it("says no secret that the worker knows", async () => {
    process.env["SOME_SERVICE_API_KEY"] = "hush-hush-hush";
    try {
      const failure = await tryOnce(new Error("GET https://user:word@host/?q=1 with hush-hush-hush was refused"));
      expect((failure as Error).message).toBe(
        "GET https://host/?q=1 with [SOME_SERVICE_API_KEY, left out] was refused",
      );
      expect(JSON.stringify([(failure as Error).stack])).not.toMatch(/hush-hush|user:word/);
    } finally {
      delete process.env["SOME_SERVICE_API_KEY"];
    }
  });
});
