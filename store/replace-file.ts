import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.js";

/** Writes a file in one step, so that it is whole or as it was, also where several do so at once; makes the folder it is in. */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await makeFolder(dirname(path));
  const next = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(next, content);
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}
