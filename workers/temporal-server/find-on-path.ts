import { access, constants, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";

/** The absolute path of a program on the PATH; undefined when there is none. */
export async function findOnPath(program: string, path = process.env["PATH"] ?? ""): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const candidate = resolve(join(folder, program));
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** Whether the path is a file that we may execute. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
