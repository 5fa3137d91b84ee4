import { readFile } from "node:fs/promises";

/** @returns a file's bytes; undefined where there is no such file */
export function readIfThere(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
}
