/** The Temporal server that a `swarm run` started for its SWARM_HOME. */
import { join } from "node:path";
import { isRunning, readRecord, type ServerRecord } from "../../workers/temporal-server/server-record.js";

export async function embeddedServer(home: string): Promise<ServerRecord | undefined> {
  const record = await readRecord(join(home, "temporal", "server.json"));
  return record !== undefined && (await isRunning(record)) ? record : undefined;
}

/** SIGKILL, where one runs. */
export async function killServer(home: string): Promise<void> {
  const server = await embeddedServer(home);
  if (server !== undefined) process.kill(server.pid, "SIGKILL");
}
