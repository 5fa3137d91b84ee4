import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.js";
import { OWNER_FILE, OWNER_FOLDER } from "./owner-only.js";

export interface ReplaceOptions {
  /** For what the product keeps for itself, and not for people's own files. @default false */
  readonly ownerOnly?: boolean;
}

/** Writes a file in one step, so that it is whole or as it was, also where several do so at once; makes the folder it is in. */
export async function replaceFile(
  path: string,
  content: Uint8Array | string,
  { ownerOnly = false }: ReplaceOptions = {},
): Promise<void> {
  await makeFolder(dirname(path), ownerOnly ? OWNER_FOLDER : undefined);
  const next = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(next, content, ownerOnly ? { mode: OWNER_FILE } : {});
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}
