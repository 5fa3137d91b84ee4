/**
 * Git LFS pointers: the few lines of text that stand in a clone for a file that was not downloaded.
 * Source: `docs/spec.md` of git-lfs: the first line is the version, and the whole is smaller than 1024 bytes.
 */
import { readFile, stat } from "node:fs/promises";

/** A file of this size or more is no pointer. */
export const GIT_LFS_POINTER_LIMIT = 1024;

const FIRST_LINE = "version https://git-lfs.github.com/spec/";

/** What to say of a pointer, after the name of its file. */
export const GIT_LFS_POINTER_PROBLEM =
  "is a Git LFS pointer and not the file itself; download the file, with `git lfs pull` in the clone";

/** @param content the whole file, or its first bytes */
export function isGitLfsPointer(content: Uint8Array | string): boolean {
  if (typeof content === "string") return content.startsWith(FIRST_LINE);
  return new TextDecoder("latin1").decode(content.subarray(0, FIRST_LINE.length)) === FIRST_LINE;
}

/** Rejects as the file system does. */
export async function isGitLfsPointerFile(path: string): Promise<boolean> {
  if ((await stat(path)).size >= GIT_LFS_POINTER_LIMIT) return false;
  return isGitLfsPointer(await readFile(path));
}
