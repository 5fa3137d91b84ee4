/** How the command reaches Temporal. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { readEnvironment } from "../config/environment.js";
import { clusterFromEnvironment, openTemporal, type OpenedTemporal } from "../workers/temporal-server/open-temporal.js";
import { isRunning, readRecord } from "../workers/temporal-server/server-record.js";

/** Of the embedded server. */
const NAMESPACE = "default";

export interface OpenClient {
  readonly client: Client;
  readonly temporal: OpenedTemporal;
  /** Closes the connection and ends our use of an embedded server. */
  close(): Promise<void>;
}

/**
 * Connects to the cluster that the environment names, else to the embedded server of this home, which is started where
 * none runs.
 *
 * @param note told what takes long
 * @throws TemporalServerError in one line
 */
export async function openClient(note: (line: string) => void): Promise<OpenClient> {
  const { home } = readEnvironment();
  return connect(await openTemporal({ home, namespace: NAMESPACE, log: note }));
}

/** The same, but `undefined` where there is neither a cluster nor anything that an embedded server could know. */
export async function openKnowingClient(note: (line: string) => void): Promise<OpenClient | undefined> {
  const database = join(resolve(readEnvironment().home), "temporal", "temporal.db");
  return clusterFromEnvironment() !== undefined || existsSync(database) ? openClient(note) : undefined;
}

/** The same, but starts nothing: `undefined` where there is neither a cluster nor a running embedded server. */
export async function openRunningClient(note: (line: string) => void): Promise<OpenClient | undefined> {
  if (clusterFromEnvironment() !== undefined) return openClient(note);
  const record = await readRecord(join(resolve(readEnvironment().home), "temporal", "server.json"));
  if (record === undefined || !(await isRunning(record))) return undefined;
  const address = `127.0.0.1:${record.port}`;
  try {
    return await connect({
      connection: { address },
      namespace: record.namespace,
      embedded: true,
      stop: async () => undefined,
    });
  } catch {
    // It ended in this moment, or has only begun to start.
    return undefined;
  }
}

async function connect(temporal: OpenedTemporal): Promise<OpenClient> {
  try {
    const connection = await Connection.connect(temporal.connection);
    return {
      client: new Client({ connection, namespace: temporal.namespace }),
      temporal,
      close: async () => {
        await connection.close();
        await temporal.stop();
      },
    };
  } catch (error) {
    await temporal.stop();
    throw error;
  }
}
