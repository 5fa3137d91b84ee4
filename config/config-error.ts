/** What is wrong with a run config, an override or an environment variable. */

export type ConfigErrorCode =
  /** No such file, or no permission to read it. */
  | "UNREADABLE"
  | "INVALID_YAML"
  | "INVALID_OVERRIDE"
  | "INVALID_CONFIG"
  /** A kind of run that this version does not have. */
  | "NOT_AVAILABLE"
  | "INVALID_ENVIRONMENT";

export class ConfigError extends Error {
  override readonly name = "ConfigError";

  /**
   * @param source what is wrong: the config's path, or what else was read
   * @param problems all of them, a line each
   */
  constructor(
    readonly code: ConfigErrorCode,
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(problems.map((problem) => `${source}: ${problem}`).join("\n"));
  }
}

export function isConfigError(error: unknown, code?: ConfigErrorCode): error is ConfigError {
  return error instanceof ConfigError && (code === undefined || error.code === code);
}
