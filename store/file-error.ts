/** What an error of the file system means to a store. */
import { StoreError, type StoreErrorCode } from "./store-error.js";

const MEANINGS: Readonly<Record<string, readonly [StoreErrorCode, string]>> = {
  ENOENT: ["NOT_FOUND", "there is no such object"],
  EISDIR: ["INVALID_KEY", "other objects lie below this key; an object cannot be a folder as well"],
  ENOTDIR: ["INVALID_KEY", "a file lies where a directory should be"],
  ENAMETOOLONG: ["INVALID_KEY", "the key is too long for this file system"],
  EACCES: ["ACCESS_DENIED", "permission denied; give this user read and write access to the directory"],
  EPERM: ["ACCESS_DENIED", "operation not permitted; give this user read and write access to the directory"],
  EROFS: ["READ_ONLY", "the file system is read-only; choose another store with --store"],
  ENOSPC: ["NO_SPACE", "no space is left on the device; free some or choose another store with --store"],
  EDQUOT: ["NO_SPACE", "the disk quota is used up; free some or choose another store with --store"],
  EMFILE: [
    "IO_ERROR",
    "too many files are open in this process; raise its limit (ulimit -n) or start fewer roles in it",
  ],
  ENFILE: ["IO_ERROR", "too many files are open on this machine; raise its limit (fs.file-max)"],
  EIO: ["IO_ERROR", "the disk or network file system failed; check it"],
  ESTALE: ["IO_ERROR", "the network file system lost the file; check its mount"],
  EFBIG: ["NO_SPACE", "the file would exceed this process's or file system's largest file size"],
};

/** @param key the object or listing prefix that was worked on */
export function fromFileError(uri: string, key: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const errno = (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown error";
  const [code, problem] = MEANINGS[errno] ?? (["IO_ERROR", "reading or writing failed"] as const);
  return new StoreError({ code, uri, key, problem: `${problem} (${errno})`, cause: error });
}
