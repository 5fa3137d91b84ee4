/** A cluster as people run one: a Temporal server, an S3 server, workers and commands, each a process of its own. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { RunObserver } from "../durability/run-observer.js";
import { startSwarm, type SwarmProcess } from "../durability/swarm-process.js";
import { s3ServerForTests, startS3Server } from "../support/s3-server.js";
import { SMOKE } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { type CommandOutcome, swarm } from "./swarm-command.js";

const LIMIT_MS = 15 * 60_000;

const temporal = useTemporal();
const home = await temporaryDirectory();
const workers: SwarmProcess[] = [];
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
});

interface Person {
  /** @default of all roles */
  readonly startWorker: (roles?: string) => SwarmProcess;
  /** A command that must succeed; what it printed. */
  readonly says: (...args: string[]) => Promise<string>;
  readonly tries: (...args: string[]) => Promise<CommandOutcome>;
}

/** Someone whose workers and commands use the server, and these variables. */
function person(variables: Readonly<Record<string, string>> = {}): Person {
  const environment = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace, ...variables };
  const tries = (...args: string[]): Promise<CommandOutcome> => swarm(args, { home, environment });
  return {
    startWorker: (roles = "cpu,gpu,llm") => {
      const worker = startSwarm(["worker", "--roles", roles], { ...environment, SWARM_HOME: home });
      workers.push(worker);
      return worker;
    },
    says: async (...args) => {
      const { exitCode, stdout, stderr } = await tries(...args);
      expect(exitCode, `swarm ${args.join(" ")}: ${stderr}`).toBe(0);
      return stdout;
    },
    tries,
  };
}

async function stateOf(someone: Person, runId: string): Promise<string> {
  return (await statusOf(someone, runId)).state;
}

async function statusOf({ says }: Person, runId: string) {
  return statusSchema.parse(JSON.parse(await says("status", runId, "--json")));
}

const statusSchema = z.object({
  state: z.string(),
  missingRoles: z.array(z.string()),
  live: z.object({ waitingFor: z.string().nullable() }).nullable(),
});

describe("a cluster of separate processes", () => {
  it(
    "says which workers a run waits for, as long as they are missing, to machines that did not start it too",
    async () => {
      const starter = person();
      const { stderr } = await starter.tries("run", SMOKE, "--id", "waiting", "--detach");
      // At the very first it is known that nobody has ever polled, later only what waits.
      expect(stderr).toContain("swarm worker --roles");
      const someone = person({ SWARM_HOME: join(home, "another") });
      const missing = async (): Promise<readonly string[]> => (await statusOf(someone, "waiting")).missingRoles;
      await expect.poll(missing, { timeout: LIMIT_MS }).toEqual(["cpu"]);
      const cpu = starter.startWorker("cpu");
      await expect.poll(missing, { timeout: LIMIT_MS }).toEqual(["gpu"]);
      const told = { state: "without a worker", live: { waitingFor: expect.stringContaining("gpu") as unknown } };
      await expect.poll(() => statusOf(someone, "waiting"), { timeout: LIMIT_MS }).toMatchObject(told);
      const gpu = starter.startWorker("gpu");
      await expect.poll(missing, { timeout: LIMIT_MS }).toEqual([]);
      await expect.poll(() => stateOf(someone, "waiting"), { timeout: LIMIT_MS }).toBe("running");
      await someone.says("cancel", "waiting");
      await Promise.all([cpu.shutdown(), gpu.shutdown()]);
    },
    LIMIT_MS,
  );

  it(
    "gives on S3, with a worker killed in the middle, the digest of a run on a directory",
    async (context) => {
      const found = await s3ServerForTests();
      if ("missing" in found) return context.skip(found.missing);
      const s3 = await startS3Server(found.path);
      const observer = new RunObserver(temporal);
      try {
        await s3.createBucket("swarms");
        const someone = person(s3.environment);
        const worker = someone.startWorker();
        const directory = await someone.says(
          "run",
          SMOKE,
          "--id",
          "on-directory",
          "--store",
          join(home, "s"),
          "--json",
        );

        await someone.says("run", SMOKE, "--id", "on-s3", "--store", "s3://swarms/tests", "--detach");
        const underWay = (): Promise<string[]> => observer.underWay("on-s3", worker.pid);
        await expect.poll(underWay, { timeout: LIMIT_MS / 2, interval: 50 }).toContain("sampleQuestions");
        await worker.kill();
        expect(await stateOf(someone, "on-s3")).toBe("without a worker");

        const next = someone.startWorker();
        const { digest } = JSON.parse(await someone.says("watch", "on-s3", "--json")) as { digest: string };
        expect(digest).toBe((JSON.parse(directory) as { digest: string }).digest);
        expect(await stateOf(someone, "on-s3")).toBe("completed");

        const adapter = join(home, "adapter");
        await someone.says("best", "on-s3", "--out", adapter);
        expect((await readdir(adapter)).sort()).toEqual(["adapter_config.json", "adapter_model.safetensors"]);
        await next.shutdown();
      } finally {
        await observer.close();
        await s3.stop();
      }
    },
    LIMIT_MS,
  );

  it(
    "pauses, resumes and stops a detached run, and says so",
    async () => {
      const someone = person();
      const { says } = someone;
      const worker = someone.startWorker();
      const run = ["run", SMOKE, "--id", "steered", "--detach", "--json"];
      expect(JSON.parse(await says(...run))).toMatchObject({ runId: "steered", begun: "started" });
      await says("pause", "steered");
      await expect.poll(() => stateOf(someone, "steered"), { timeout: LIMIT_MS }).toBe("paused");
      expect(JSON.parse(await says(...run))).toMatchObject({ begun: "joined" });
      const { runs } = JSON.parse(await says("list", "--json")) as { runs: { runId: string; state: string }[] };
      expect(runs).toContainEqual(expect.objectContaining({ runId: "steered", state: "paused" }));

      expect(JSON.parse(await says("resume", "steered", "--json"))).toEqual({ runId: "steered", sent: "resume" });
      await says("stop", "steered");
      expect(JSON.parse(await says("watch", "steered", "--json"))).toMatchObject({ stoppedBecause: "stop-requested" });
      expect(await someone.tries("pause", "steered")).toMatchObject({ exitCode: 2, errorCode: "NOT_UNDER_WAY" });
      await worker.shutdown();
    },
    LIMIT_MS,
  );

  it(
    "cancels a run, tells who watches it, and starts it again when asked to",
    async () => {
      const someone = person();
      someone.startWorker();
      const run = ["run", SMOKE, "--id", "cancelled", "--detach", "--json"];
      await someone.says(...run);
      const watching = someone.tries("watch", "cancelled");
      await someone.says("cancel", "cancelled");
      expect(await watching).toMatchObject({ exitCode: 1, errorCode: "RUN_CANCELLED" });
      expect(await stateOf(someone, "cancelled")).toBe("cancelled");
      expect(await someone.tries("cancel", "cancelled")).toMatchObject({ exitCode: 2, errorCode: "NOT_UNDER_WAY" });
      expect(JSON.parse(await someone.says(...run))).toMatchObject({ begun: "started" });
    },
    LIMIT_MS,
  );
});
