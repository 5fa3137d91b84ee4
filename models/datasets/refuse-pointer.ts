import { GIT_LFS_POINTER_PROBLEM, isGitLfsPointerFile } from "../../config/git-lfs-pointer.js";
import { DatasetError } from "./errors.js";

/** Rejects with `DATASET_NOT_DOWNLOADED` where the file is a Git LFS pointer. A file that can not be read is left to its reader. */
export async function refusePointer(path: string): Promise<void> {
  if (!(await isGitLfsPointerFile(path).catch(() => false))) return;
  throw new DatasetError("DATASET_NOT_DOWNLOADED", path, GIT_LFS_POINTER_PROBLEM);
}
