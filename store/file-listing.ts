/** The files of a directory store as keys. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isObjectKey } from "./object-key.js";

/**
 * Keys below `root` that begin with `prefix`, ascending by their ASCII codes as S3 lists them. Files whose names are no
 * keys (puts that were cut off) and symbolic links are left out.
 */
export async function* listFiles(root: string, prefix: string): AsyncGenerator<string> {
  const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  yield* walk(root, folder, prefix);
}

async function* walk(root: string, folder: string, prefix: string): AsyncGenerator<string> {
  for (const { key, isDirectory } of await entries(root, folder)) {
    // A folder matters where it lies below the prefix, or the prefix below it.
    if (isDirectory) {
      if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walk(root, key, prefix);
    } else if (key.startsWith(prefix)) {
      yield key;
    }
  }
}

async function entries(root: string, folder: string): Promise<{ key: string; isDirectory: boolean }[]> {
  let found: Dirent[];
  try {
    found = await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    const errno = (error as NodeJS.ErrnoException).code;
    if (errno === "ENOENT" || errno === "ENOTDIR") return [];
    throw error;
  }
  return (
    found
      .filter((entry) => (entry.isFile() || entry.isDirectory()) && isObjectKey(entry.name))
      // The trailing "/" puts a folder where its keys belong: "a-b" before "a/c" before "ab".
      .map((entry) => ({
        key: `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`,
        isDirectory: entry.isDirectory(),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  );
}
