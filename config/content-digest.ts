/** Digests of what a config names by path: independent of where it lies and when it was written. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The files that say what a model or adapter is; a folder may hold others, such as exported graphs and notes. */
const MODEL_FILES = new Set(["config.json", "tokenizer.json", "tokenizer_config.json", "adapter_config.json"]);

/**
 * SHA-256 of a file's bytes, or of the names and digests of the files that make a folder a model or an adapter.
 *
 * @returns lower-case hexadecimal
 * @throws the file system's error; `ENOENT` also for a folder without such files
 */
export async function contentDigest(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return fileDigest(path);
  const names = (await readdir(path)).filter((name) => MODEL_FILES.has(name) || name.endsWith(".safetensors")).sort();
  if (names.length === 0) throw Object.assign(new Error(`${path} holds no model`), { code: "ENOENT" });
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\0${await fileDigest(join(path, name))}\n`);
  return hash.digest("hex");
}

const digests = new Map<string, { readonly state: string; readonly digest: Promise<string> }>();

/**
 * SHA-256 of a file's bytes, lower-case hexadecimal. A process reads a file that stays as it is once: models have gigabytes.
 *
 * @throws the file system's error
 */
export async function fileDigest(path: string): Promise<string> {
  const place = resolve(path);
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(place, { bigint: true });
  const state = [dev, ino, size, mtimeNs, ctimeNs].join(" ");
  const known = digests.get(place);
  if (known?.state === state) return known.digest;
  const digest = hashFile(place);
  digests.set(place, { state, digest });
  digest.catch(() => digests.delete(place));
  return digest;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}
