import { Client, Connection } from "@temporalio/client";
import { bundleWorkflowCode, NativeConnection, Runtime, Worker, type WorkflowBundle } from "@temporalio/worker";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createInterface } from "node:readline";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { answers } from "../../../workers/temporal-server/namespace.js";
import { isAlive } from "../../../workers/temporal-server/process-table.js";
import { openSharedServer, type SharedServer } from "../../../workers/temporal-server/shared-server.js";
import { startTemporalServer } from "../../../workers/temporal-server/start-server.js";
import { quietRuntime } from "../../support/quiet-runtime.js";
import { executableOrReason } from "../../support/temporal.js";

const namespace = "shared-test";
let executable: string;
let missing: string | undefined;
let workflowBundle: WorkflowBundle;
let home: string;
let cleanUp: (() => Promise<unknown>)[];

beforeAll(async () => {
  const found = await executableOrReason();
  if (found.executable === undefined) missing = found.reason;
  else executable = found.executable;
  quietRuntime();
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, "counting-workflow.ts"),
    logger: Runtime.instance().logger,
  });
});
beforeEach(async (context) => {
  if (missing !== undefined) context.skip(missing);
  home = await mkdtemp(join(tmpdir(), "shared-server-"));
  cleanUp = [];
});
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step();
  await rm(home, { recursive: true, force: true });
});

async function open(): Promise<SharedServer> {
  const server = await openSharedServer({ executable, home, namespace, log: () => undefined });
  cleanUp.push(() => server.stop());
  return server;
}

/** A worker on the countUp workflow; `onCount` is called in each activity. */
async function startWorker(address: string, onCount: (number: number) => Promise<void>): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: "counting",
    workflowBundle,
    activities: {
      count: async (number: number) => {
        await onCount(number);
        return number;
      },
    },
  });
  const running = worker.run();
  cleanUp.push(async () => {
    worker.shutdown();
    await running;
    await connection.close();
  });
}

async function startCounting(address: string, steps: number): Promise<{ result: () => Promise<unknown> }> {
  const connection = await Connection.connect({ address });
  cleanUp.push(() => connection.close());
  const client = new Client({ connection, namespace });
  return client.workflow.start("countUp", { taskQueue: "counting", workflowId: "counting", args: [steps] });
}

async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}

test("a workflow goes on when its server is killed twice in the middle, and no finished step runs again", async () => {
  const server = await open();
  const pids = new Set([server.pid()]);
  const counted: number[] = [];
  const toKillAt = new Set([5, 12]);
  await startWorker(server.address, async (number) => {
    counted.push(number);
    pids.add(server.pid());
    if (toKillAt.delete(number)) {
      // Right after a restart the process may be known later than its port answers.
      await eventually(() => isAlive(server.pid()));
      process.kill(server.pid(), "SIGKILL");
    }
    await sleep(20);
  });
  const handle = await startCounting(server.address, 20);
  const upTo20 = Array.from({ length: 20 }, (_, number) => number);
  expect(await handle.result()).toEqual(upTo20);
  // The step in which the server was killed may run again, when its result could not be handed in; no other.
  expect([...new Set(counted)]).toEqual(upTo20);
  const again = counted.filter((number, index) => counted.indexOf(number) !== index);
  expect(again.filter((number) => number !== 5 && number !== 12)).toEqual([]);
  await eventually(() => pids.add(server.pid()).size === 3);
});

test("finished workflows are still there when the server is started again later", async () => {
  const first = await open();
  await startWorker(first.address, async () => undefined);
  await (await startCounting(first.address, 3)).result();
  for (const step of cleanUp.splice(0).reverse()) await step();
  expect(isAlive(first.pid())).toBe(false);

  const second = await open();
  const connection = await Connection.connect({ address: second.address });
  cleanUp.push(() => connection.close());
  expect(await new Client({ connection, namespace }).workflow.getHandle("counting").result()).toEqual([0, 1, 2]);
});

test("two users of one home share one server, and the second keeps it up when the first stops", async () => {
  const first = await open();
  const second = await open();
  expect([second.address, second.pid()]).toEqual([first.address, first.pid()]);
  const before = second.pid();
  await first.stop();
  await eventually(() => second.pid() !== before);
  expect(await answers(second)).toBe(true);
});

test("users that open at the same moment start one server between them", async () => {
  const servers = await Promise.all([open(), open(), open()]);
  expect(new Set(servers.map((server) => `${server.address} ${server.pid()}`)).size).toBe(1);

  const kept = (await readdir(home, { recursive: true })).filter((name) => /temporal/.test(name));
  const others = await Promise.all(kept.map(async (name) => (await stat(join(home, name))).mode & 0o077));
  expect(kept.some((name) => name.endsWith(".db"))).toBe(true);
  // Its database, log and record are its owner's alone.
  expect(others).toEqual(kept.map(() => 0));
});

test("the server ends with a process that is killed, and the next process goes on with its database and port", async () => {
  const user = await startUser();
  user.process.kill("SIGKILL");
  await once(user.process, "exit");
  const next = await open();
  await eventually(() => !isAlive(user.pid));
  expect(next.address).toBe(user.address);
  expect(await answers(next)).toBe(true);
});

test("a database file that is none is refused with a typed error, and left as it was", async () => {
  const databaseFile = join(home, "temporal.db");
  await writeFile(databaseFile, "these are notes, not a database\n".repeat(200));
  await expect(startTemporalServer({ executable, databaseFile, namespace })).rejects.toMatchObject({
    name: "TemporalServerError",
    code: "start-failed",
  });
  expect(await readFile(databaseFile, "utf8")).toMatch(/^these are notes/);
});

async function startUser(): Promise<{ process: ChildProcess; address: string; pid: number }> {
  const script = join(import.meta.dirname, "use-shared-server.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, executable, home], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanUp.push(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = JSON.parse(String((await lines.next()).value)) as { address: string; pid: number };
  return { process: child, ...said };
}
