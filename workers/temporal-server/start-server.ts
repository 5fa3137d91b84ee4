import { readFile, stat, truncate } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { makeFolder } from "../../store/make-folder.js";
import { freePort } from "./free-port.js";
import { startGuarded } from "./guarded-process.js";
import { ensureRetention, waitForNamespace } from "./namespace.js";
import { TemporalServerError } from "./temporal-server-error.js";
import { OWNER_FOLDER } from "../../store/owner-only.js";

/** A first start creates the database; on a loaded machine that takes a while. */
const READY_LIMIT_MS = 60_000;
const STOP_GRACE_MS = 10_000;
const LOG_LIMIT_BYTES = 8 * 1024 * 1024;
const RETENTION_DAYS = 90;
const START_ATTEMPTS = 5;

/** Types a search attribute can have in the development server. */
export type SearchAttributeKind = "Keyword" | "Text" | "Int" | "Double" | "Bool" | "Datetime" | "KeywordList";

export interface StartTemporalServer {
  /** Absolute path of the `temporal` executable; see `findTemporalExecutable`. */
  readonly executable: string;
  /** SQLite file that holds all workflows; created when missing, gone on with when present. */
  readonly databaseFile: string;
  readonly namespace: string;
  /** By default a free one. */
  readonly port?: number;
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  /** The server's own log; by default beside the database. */
  readonly logFile?: string;
  /** Told as soon as the process exists, before it is ready. */
  readonly onSpawn?: (server: { readonly pid: number; readonly port: number }) => Promise<void>;
}

/** A running server; it ends at the latest when this process does. */
export interface TemporalServer {
  /** host:port */
  readonly address: string;
  readonly namespace: string;
  readonly pid: number;
  /** Resolves when the server has ended, whoever ended it. */
  readonly onEnd: Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a Temporal development server on a database file and waits until the namespace takes work.
 * @throws TemporalServerError "start-failed" with the server's last words.
 */
export async function startTemporalServer(options: StartTemporalServer): Promise<TemporalServer> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    try {
      return await startOn({ ...options, port });
    } catch (error) {
      // Someone else took the free port first.
      const portTaken = error instanceof TemporalServerError && /address already in use/i.test(error.message);
      if (!portTaken || options.port !== undefined || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOn(options: StartTemporalServer & { readonly port: number }): Promise<TemporalServer> {
  const { executable, namespace, port, searchAttributes = {} } = options;
  const databaseFile = resolve(options.databaseFile);
  const logFile = resolve(options.logFile ?? `${databaseFile}.log`);
  await makeFolder(dirname(databaseFile), OWNER_FOLDER);
  await makeFolder(dirname(logFile), OWNER_FOLDER);
  const logStart = await trimLog(logFile);
  const address = `127.0.0.1:${port}`;
  const server = await startGuarded({
    executable,
    args: [
      ...["server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", String(port)],
      ...["--db-filename", databaseFile, "--namespace", namespace],
      ...["--log-level", "error", "--log-format", "json"],
      // A write-ahead log: a commit is one append, and a killed server's database opens as it was.
      ...["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"],
      ...Object.entries(searchAttributes).flatMap(([key, kind]) => ["--search-attribute", `${key}=${kind}`]),
    ],
    logFile,
    graceMs: STOP_GRACE_MS,
  });
  try {
    await options.onSpawn?.({ pid: server.pid, port });
    await waitForNamespace({
      address,
      namespace,
      limitMs: READY_LIMIT_MS,
      giveUp: () => (server.ended() === undefined ? undefined : "ended"),
    });
    await ensureRetention({ address, namespace, days: RETENTION_DAYS });
  } catch (error) {
    const ended = server.ended();
    await server.stop();
    if (ended === undefined) throw error;
    const said = await lastLine(logFile, logStart);
    const message = `The Temporal server ended while starting (status ${ended.status ?? "?"}): ${said}. Its log: ${logFile}`;
    throw new TemporalServerError({ code: "start-failed", message, cause: error });
  }
  return { address, namespace, pid: server.pid, onEnd: server.onEnd, stop: server.stop };
}

/** Empties a log grown too long and returns where the next line will start. */
async function trimLog(logFile: string): Promise<number> {
  const size = (await stat(logFile).catch(() => undefined))?.size ?? 0;
  if (size <= LOG_LIMIT_BYTES) return size;
  await truncate(logFile, 0);
  return 0;
}

async function lastLine(logFile: string, from: number): Promise<string> {
  const said = (await readFile(logFile)).subarray(from).toString("utf8").trim();
  return said.split("\n").at(-1)?.slice(0, 500) ?? "";
}
