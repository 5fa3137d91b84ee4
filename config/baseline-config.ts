import { ConfigError } from "./config-error.js";
import type { BaselineConfig, RunConfig } from "./schema.js";

/**
 * The config of a baseline's run.
 *
 * @param source what the error names
 * @throws ConfigError `INVALID_CONFIG` for a run of another kind
 */
export function baselineConfig(config: RunConfig, source: string): BaselineConfig {
  if (config.kind === "baseline") return config;
  throw new ConfigError("INVALID_CONFIG", source, [`kind: a ${config.kind} run is no baseline`]);
}
