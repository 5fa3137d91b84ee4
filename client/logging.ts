/** Logs go to a file, so that they never tear the progress apart; long-lived workers log to standard error. */
import { stat, truncate } from "node:fs/promises";
import { join, resolve } from "node:path";
import { format } from "node:util";
import { DefaultLogger, type LogLevel, Runtime } from "@temporalio/worker";
import { pino, type Logger } from "pino";
import type { Environment } from "../config/environment.js";
import { makeFolder } from "../store/make-folder.js";
import { OWNER_FILE, OWNER_FOLDER } from "../store/owner-only.js";

const LIMIT_BYTES = 16 * 1024 * 1024;

export interface Log {
  readonly logger: Logger;
  /** Where the lines go, for people who look for them. */
  readonly place: string;
}

let installed: Log | undefined;

/** Opens the log and routes the Temporal SDK's into it, once in a process and before anything uses a worker. */
export async function installLog(environment: Environment, to: "file" | "standard error" = "file"): Promise<Log> {
  if (installed !== undefined) return installed;
  const { logLevel: level } = environment;
  const place = to === "file" ? await logFile(environment.home) : to;
  const logger = pino(
    { level, base: { pid: process.pid } },
    pino.destination({ dest: to === "file" ? place : 2, sync: true, mode: OWNER_FILE }),
  );
  Runtime.install({
    logger: new DefaultLogger(temporalLevel(level), ({ level: entryLevel, message, meta }) => {
      logger[pinoLevel(entryLevel)]({ source: "temporal", ...meta }, message);
    }),
    // The command tells what Ctrl-C did, so it handles signals itself.
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: { core: "WARN", other: "ERROR" } } },
  });
  if (to === "file") routeConsole(logger);
  installed = { logger, place };
  return installed;
}

/** Libraries that print warnings must not tear the progress apart either. */
function routeConsole(logger: Logger): void {
  const route =
    (level: "info" | "warn" | "error") =>
    (...args: unknown[]): void =>
      logger[level]({ source: "console" }, format(...args));
  Object.assign(console, { log: route("info"), info: route("info"), warn: route("warn"), error: route("error") });
}

/** Appends; a log grown too long starts anew. */
async function logFile(home: string): Promise<string> {
  const folder = resolve(home, "logs");
  await makeFolder(folder, OWNER_FOLDER);
  const path = join(folder, "swarm.log");
  const size = await stat(path)
    .then((status) => status.size)
    .catch(() => 0);
  if (size > LIMIT_BYTES) await truncate(path);
  return path;
}

function temporalLevel(level: Environment["logLevel"]): LogLevel {
  if (level === "silent" || level === "fatal") return "ERROR";
  return level.toUpperCase() as LogLevel;
}

function pinoLevel(level: LogLevel): "trace" | "debug" | "info" | "warn" | "error" {
  return level.toLowerCase() as "trace" | "debug" | "info" | "warn" | "error";
}
