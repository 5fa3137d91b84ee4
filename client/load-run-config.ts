import { type LoadConfigOptions, loadConfig, type LoadedConfig } from "../config/load-config.js";

/** Of a run's id; the rest of it is the digest, and the number that the runs of a hyperparameter search add. */
const LONGEST_NAME = 87;

export interface LoadedRunConfig extends LoadedConfig {
  /** Whether the id follows from name and digest, and not from the command or the file. */
  readonly isNamedByDigest: boolean;
}

/**
 * Loads a run's config. A run that nobody named is called by its config's name and content, so that the same command goes on
 * with the same run and another config makes another.
 */
export async function loadRunConfig(path: string, options: LoadConfigOptions): Promise<LoadedRunConfig> {
  const loaded = await loadConfig(path, options);
  const { config, configDigest } = loaded;
  // Where neither the command nor the file names an id it is the bare name.
  const isNamedByDigest = options.id === undefined && config.id === config.name;
  return withDigest({ ...loaded, isNamedByDigest }, configDigest);
}

/** The same config under a digest that says more than its own, such as where a run came from. */
export function withDigest(loaded: LoadedRunConfig, configDigest: string): LoadedRunConfig {
  if (!loaded.isNamedByDigest) return { ...loaded, configDigest };
  const runId = `${loaded.config.name.slice(0, LONGEST_NAME)}-${configDigest.slice(0, 8)}`;
  return { ...loaded, configDigest, runId, config: { ...loaded.config, id: runId } };
}
