/** Reads a run config from its file. */
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { configDigest, type DigestOf } from "./config-digest.js";
import { ConfigError } from "./config-error.js";
import { contentDigest } from "./content-digest.js";
import { readEnvironment } from "./environment.js";
import { describeFileError } from "./file-problem.js";
import { isEmbedded } from "./model-path.js";
import type { TakerConfig } from "./model-schema.js";
import { renameModules } from "./objective-schema.js";
import { applyOverrides } from "./overrides.js";
import { parseConfig } from "./parse-config.js";
import type { RunConfig } from "./schema.js";
import { parseStoreUri } from "./store-uri.js";
import { decodeUtf8, NotUtf8Error } from "./utf8-text.js";
import { readYaml } from "./yaml-text.js";

export interface LoadConfigOptions {
  /** `a.b=value`, the value in YAML. */
  readonly set?: readonly string[];
  /** In place of the config's own id. */
  readonly id?: string;
  /** In place of the config's own store; a relative path starts at the working directory. */
  readonly store?: string;
  /** @default contentDigest */
  readonly digestOf?: DigestOf;
}

export interface LoadedConfig {
  readonly runId: string;
  /** Absolute. */
  readonly storeUri: string;
  /** With `id`, `store` and absolute paths. */
  readonly config: RunConfig;
  /** Lower-case hexadecimal SHA-256; see {@link configDigest}. */
  readonly configDigest: string;
}

/** @throws ConfigError with all problems, a line each */
export async function loadConfig(path: string, options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const overridden = applyOverrides(readYaml(await readText(path), path), options.set ?? []);
  const named = options.id === undefined ? overridden : applyId(overridden, options.id);
  const parsed = parseConfig(named, path);
  const runId = parsed.id ?? parsed.name;
  const storeUri = storeOf(parsed, path, options.store);
  const config = { ...withAbsolutePaths(parsed, dirname(resolve(path))), id: runId, store: storeUri };
  return { runId, storeUri, config, configDigest: await configDigest(config, path, options.digestOf ?? contentDigest) };
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ConfigError("UNREADABLE", path, [describeFileError(error, resolve(path), "working directory")]);
  });
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (!(error instanceof NotUtf8Error)) throw error;
    throw new ConfigError("INVALID_YAML", path, [`line ${error.line}: ${error.message}`]);
  }
}

/** Into the config, so that the schema checks it like an id in the file. */
function applyId(input: unknown, id: string): unknown {
  return typeof input === "object" && input !== null && !Array.isArray(input) ? { ...input, id } : input;
}

function storeOf(config: RunConfig, path: string, option: string | undefined): string {
  try {
    if (option !== undefined) return parseStoreUri(option, process.cwd()).uri;
    if (config.store !== undefined) return parseStoreUri(config.store, dirname(resolve(path))).uri;
  } catch (error) {
    throw new ConfigError("INVALID_CONFIG", path, [`store: ${(error as TypeError).message}`]);
  }
  return parseStoreUri(join(readEnvironment().home, "store"), process.cwd()).uri;
}

function withAbsolutePaths(config: RunConfig, from: string): RunConfig {
  const model = (reference: string): string => (isEmbedded(reference) ? reference : resolve(from, reference));
  const taker = (one: TakerConfig): TakerConfig => {
    if ("endpoint" in one) return one;
    return { ...one, base: model(one.base), ...(one.adapter === undefined ? {} : { adapter: model(one.adapter) }) };
  };
  return {
    ...config,
    objective: renameModules(config.objective, (path) => resolve(from, path)),
    seedData: { ...config.seedData, path: resolve(from, config.seedData.path) },
    ...(config.heldOutData === undefined
      ? {}
      : { heldOutData: { ...config.heldOutData, path: resolve(from, config.heldOutData.path) } }),
    ...(config.userQueries === undefined ? {} : { userQueries: resolve(from, config.userQueries) }),
    generators: { ...config.generators, base: model(config.generators.base) },
    takers: config.takers.map(taker),
    unseenTakers: config.unseenTakers.map(taker),
  };
}
