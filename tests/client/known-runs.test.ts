import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Client, Connection } from "@temporalio/client";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readCheckpointSource } from "../../client/checkpoint-source.js";
import { findRun, rememberRun } from "../../client/known-runs.js";
import { parseConfig } from "../../config/parse-config.js";
import { TASK_QUEUES, workflowId } from "../../config/queues.js";
import { writeYaml } from "../../config/yaml-text.js";
import { keys } from "../../store/keys.js";
import { openStore } from "../../store/open-store.js";
import { MINIMAL } from "../config/minimal-config.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const temporal = useTemporal();
const root = await temporaryDirectory();
let homes = 0;

/** A store that holds the inputs of a run. */
async function storeWith(runId: string, name: string): Promise<string> {
  const store = await openStore(join(root, name));
  await store.put(keys.inputs(runId), "{}");
  return store.uri;
}

describe("a run that is asked for by its id alone", () => {
  let connection: Connection;
  let client: Client;

  beforeAll(async () => {
    connection = await Connection.connect({ address: temporal.address });
    client = new Client({ connection, namespace: temporal.namespace });
  });
  afterAll(() => connection.close());

  beforeEach(() => {
    vi.stubEnv("SWARM_HOME", join(root, `home-${homes++}`));
    vi.stubEnv("TEMPORAL_ADDRESS", temporal.address);
    vi.stubEnv("TEMPORAL_NAMESPACE", temporal.namespace);
  });

  /** Started by another machine: all that this one can know of it is what the server keeps. */
  async function startElsewhere(runId: string, storeUri: string): Promise<void> {
    await client.workflow.start("dataSwarm", {
      workflowId: workflowId(runId),
      taskQueue: TASK_QUEUES.cpu,
      args: [{ run: { runId, storeUri } }],
      memo: { storeUri, configDigest: "digest", objective: "difficult" },
    });
  }

  it("is found where the server says that it is", async () => {
    const storeUri = await storeWith("shared", "bucket");
    await startElsewhere("shared", storeUri);
    expect((await findRun("shared")).run).toEqual({ runId: "shared", storeUri });
  });

  it("is looked for in a store that is given, and nowhere else", async () => {
    await startElsewhere("given", await storeWith("given", "told"));
    const given = await storeWith("given", "given");
    expect((await findRun("given", given)).run.storeUri).toBe(given);
    await expect(findRun("given", join(root, "empty"))).rejects.toMatchObject({ code: "UNKNOWN_RUN" });
  });

  it("is found where this machine last saw it, and in the default store, without a server", async () => {
    vi.stubEnv("TEMPORAL_ADDRESS", "127.0.0.1:1");
    const storeUri = await storeWith("seen", "seen");
    await rememberRun({ runId: "seen", storeUri });
    expect((await findRun("seen")).run.storeUri).toBe(storeUri);
    const own = await openStore(join(root, `home-${homes - 1}`, "store"));
    await own.put(keys.inputs("own"), "{}");
    expect((await findRun("own")).run.storeUri).toBe(own.uri);
  });

  it("is in a store that this machine does not reach, where the server names a directory of another one", async () => {
    const storeUri = pathToFileURL(join(root, "another-machine")).href;
    await startElsewhere("away", storeUri);
    const error: unknown = await findRun("away").catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: "InputError", code: "STORE_ELSEWHERE" });
    expect((error as Error).message).toContain(storeUri);
  });

  it("is unknown where neither this machine nor the server knows it", async () => {
    await expect(findRun("nothing")).rejects.toMatchObject({ code: "UNKNOWN_RUN" });
  });

  it("may be another run's source from another store", async () => {
    const storeUri = await storeWith("source", "source");
    await (await openStore(storeUri)).put(keys.config("source"), writeYaml(parseConfig(MINIMAL, "test")));
    await startElsewhere("source", storeUri);
    // Found, but it has no checkpoint; one that is not found is unknown.
    const from = (runId: string) => readCheckpointSource(runId, join(root, "new-runs-store"));
    await expect(from("source")).rejects.toMatchObject({ code: "INVALID_CHECKPOINT" });
    await expect(from("nothing")).rejects.toMatchObject({ code: "UNKNOWN_RUN" });
  });
});
