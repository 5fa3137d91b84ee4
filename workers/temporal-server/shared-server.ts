import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withFileLock } from "./file-lock.js";
import { isFree } from "./free-port.js";
import { answers } from "./namespace.js";
import { isAlive } from "./process-table.js";
import { isRunning, readRecord, type ServerRecord, writeRecord } from "./server-record.js";
import { type SearchAttributeKind, startTemporalServer, type TemporalServer } from "./start-server.js";
import { TemporalServerError } from "./temporal-server-error.js";

const LOCK_WAIT_MS = 120_000;
const WATCH_EVERY_MS = 500;
const RESTART_PAUSE_MS = 2000;
const PORT_ATTEMPTS = 30;

export interface SharedServerOptions {
  readonly executable: string;
  /** `SWARM_HOME`: the database, the record and the log are in its `temporal/`. */
  readonly home: string;
  readonly namespace: string;
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  readonly log: (line: string) => void;
}

/** The server of a home, kept running for as long as any process uses it. */
export interface SharedServer {
  /** host:port; stays the same when the server is restarted. */
  readonly address: string;
  readonly namespace: string;
  /** Process id of the server now. */
  readonly pid: () => number;
  /** Ends our use, and the server when we started it; another process that still uses it starts it again. */
  readonly stop: () => Promise<void>;
}

/**
 * Joins the server that another process runs for this home, or starts one on the home's database file. Whenever it
 * ends (killed, or stopped by the process that had started it) one of its users starts it again on the same port
 * and database, so that connected workers and clients go on.
 */
export async function openSharedServer(options: SharedServerOptions): Promise<SharedServer> {
  const home = resolve(options.home);
  const first = await joinOrStart({ ...options, home });
  let current = first;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const watching = watch();

  async function watch(): Promise<void> {
    while (!isStopping()) {
      await pause(WATCH_EVERY_MS, stopping.signal);
      if (isStopping() || isAlive(current.record.pid)) continue;
      options.log("the Temporal server ended; starting it again on the same database …");
      try {
        current = await joinOrStart({ ...options, home, port: first.record.port });
      } catch (error) {
        options.log(`the Temporal server does not start: ${error instanceof Error ? error.message : String(error)}`);
        await pause(RESTART_PAUSE_MS, stopping.signal);
      }
    }
  }

  return {
    address: `127.0.0.1:${first.record.port}`,
    namespace: options.namespace,
    pid: () => current.record.pid,
    stop: async () => {
      stopping.abort();
      await watching;
      await current.own?.stop();
    },
  };
}

interface Standing {
  readonly record: ServerRecord;
  /** Present where this process started the server. */
  readonly own?: TemporalServer;
}

async function joinOrStart({
  executable,
  home,
  namespace,
  searchAttributes = {},
  port: requiredPort,
}: SharedServerOptions & { readonly port?: number }): Promise<Standing> {
  const databaseFile = join(home, "temporal", "temporal.db");
  const recordFile = join(home, "temporal", "server.json");
  return withFileLock({ path: join(home, "temporal", "server.lock"), waitMs: LOCK_WAIT_MS }, async () => {
    const last = await readRecord(recordFile);
    if (last !== undefined && (await isRunning(last))) {
      if (last.namespace === namespace && (requiredPort === undefined || last.port === requiredPort)) {
        const joined = await waitWhileRunning(last);
        if (joined) return { record: last };
      }
      await killAndWait(last);
    }
    const port = requiredPort ?? (last !== undefined && (await becomesFree(last.port)) ? last.port : undefined);
    let record: ServerRecord | undefined;
    const own = await startTemporalServer({
      executable,
      databaseFile,
      namespace,
      searchAttributes,
      ...(port === undefined ? {} : { port }),
      onSpawn: async (spawned) => {
        record = { ...spawned, namespace, databaseFile };
        await writeRecord(recordFile, record);
      },
    });
    if (record === undefined) throw new TemporalServerError({ code: "start-failed", message: "no server was started" });
    return { record, own };
  });
}

/** A killed server's port is free a moment after its process is gone. */
async function becomesFree(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
    if (await isFree(port)) return true;
    await sleep(100);
  }
  return false;
}

/** True once it answers; false when it ended instead, or hangs. */
async function waitWhileRunning(record: ServerRecord): Promise<boolean> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline && (await isRunning(record))) {
    if (await answers({ address: `127.0.0.1:${record.port}`, namespace: record.namespace })) return isRunning(record);
    await sleep(100);
  }
  return false;
}

async function killAndWait(record: ServerRecord): Promise<void> {
  while (await isRunning(record)) {
    process.kill(record.pid, "SIGKILL");
    await sleep(50);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
