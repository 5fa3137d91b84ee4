import { readFile } from "node:fs/promises";
import { z } from "zod";
import { replaceFile } from "../../store/replace-file.js";
import { commandLine } from "./process-table.js";

const schema = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().positive(),
  namespace: z.string(),
  databaseFile: z.string(),
});

/** What is written down about the server of a home, so that other processes, and we after a crash, find it. */
export type ServerRecord = Readonly<z.infer<typeof schema>>;

/** The record of the last server started for this home; undefined when there was none or it cannot be read. */
export async function readRecord(path: string): Promise<ServerRecord | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    // It only helps to find a server; without it a new one is started.
    return undefined;
  }
}

/** Replaces the record at once, never half-written. */
export async function writeRecord(path: string, record: ServerRecord): Promise<void> {
  await replaceFile(path, `${JSON.stringify(record)}\n`, { ownerOnly: true });
}

/** Whether the recorded process lives and is that server, rather than another process with its number. */
export async function isRunning({ pid, databaseFile }: ServerRecord): Promise<boolean> {
  const line = await commandLine(pid);
  return line !== undefined && line.includes("start-dev") && line.includes(databaseFile);
}
