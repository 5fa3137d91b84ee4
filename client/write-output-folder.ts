/** Folders that the command leaves for people: whole or not there. */
import { createWriteStream } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import { makeFolder } from "../store/make-folder.js";
import { InputError } from "./errors.js";

/** @throws InputError `OUTPUT_EXISTS` where the folder, or something else of that name, holds anything */
export async function refuseUsedFolder(path: string): Promise<void> {
  const entries = await readdir(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") return [path];
    throw error;
  });
  if (entries.length > 0) {
    throw new InputError(
      "OUTPUT_EXISTS",
      `${path} exists and is not empty; choose another --out, or --force to replace it`,
    );
  }
}

/** Makes a folder of the given files, replacing what is there. */
export async function writeOutputFolder(
  path: string,
  files: Readonly<Record<string, () => Promise<Readable>>>,
): Promise<void> {
  const target = resolve(path);
  const [next, previous] = [`${target}.${process.pid}.part`, `${target}.${process.pid}.previous`];
  await makeFolder(next);
  try {
    for (const [name, open] of Object.entries(files)) await pipeline(await open(), createWriteStream(join(next, name)));
    const isReplacing = await rename(target, previous).then(
      () => true,
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
        throw error;
      },
    );
    await rename(next, target);
    if (isReplacing) await rm(previous, { recursive: true, force: true });
  } catch (error) {
    await rm(next, { recursive: true, force: true });
    throw error;
  }
}
