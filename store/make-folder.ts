import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder, and the folders above it that are missing.
 *
 * @param mode of what is made, less the process's umask
 * @returns whether it was made now
 * @throws the file system's error, whose `path` is the folder that cannot be made; `ENOENT` where the file system takes no
 *   folders, `EEXIST` or `ENOTDIR` where a file is in the way
 */
export async function makeFolder(path: string, mode = 0o777): Promise<boolean> {
  try {
    return await makeOne(path, mode);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === path) throw error;
    await makeFolder(parent, mode);
    // Once more and not until it works, as Node's recursive mkdir does: in /proc it never does.
    return makeOne(path, mode);
  }
}

async function makeOne(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, { mode });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw error;
    // Which error a folder that is there gives depends on the file system and on what it allows.
    const status = await stat(path).catch(() => undefined);
    if (status?.isDirectory() === true) return false;
    throw error;
  }
}
