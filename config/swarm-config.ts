import { ConfigError } from "./config-error.js";
import type { AdversarialSwarmConfig, RunConfig, SwarmRunConfig } from "./schema.js";

/**
 * The config of a run whose generators are moved.
 *
 * @param source what the error names
 * @throws ConfigError `INVALID_CONFIG` for a run of another kind
 */
export function swarmConfig(config: RunConfig, source: string): SwarmRunConfig {
  if ("swarm" in config) return config;
  throw new ConfigError("INVALID_CONFIG", source, [`kind: a ${config.kind} run has no swarm`]);
}

/**
 * The config of a run of two swarms.
 *
 * @param source what the error names
 * @throws ConfigError `INVALID_CONFIG` for a run of another kind
 */
export function adversarialConfig(config: RunConfig, source: string): AdversarialSwarmConfig {
  if (config.kind === "adversarial-swarm") return config;
  throw new ConfigError("INVALID_CONFIG", source, [`kind: a ${config.kind} run has no swarm of test takers`]);
}
