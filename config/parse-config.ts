/** From what a file holds to a run config. */
import { ConfigError } from "./config-error.js";
import { describeIssues, nearest } from "./describe-issues.js";
import { isRecord } from "./fields.js";
import { AVAILABLE_KINDS, KINDS, type RunConfig, runConfigSchema } from "./schema.js";

/**
 * @param source what errors name, such as the file's path
 * @throws ConfigError `INVALID_CONFIG` with all problems at once, `NOT_AVAILABLE`
 */
export function parseConfig(input: unknown, source: string): RunConfig {
  if (!isRecord(input))
    throw new ConfigError("INVALID_CONFIG", source, ["the file must hold keys and values, such as `kind: data-swarm`"]);
  checkKind(input["kind"], source);
  const result = runConfigSchema.safeParse(input);
  if (!result.success) throw new ConfigError("INVALID_CONFIG", source, describeIssues(result.error, input));
  return result.data;
}

function checkKind(kind: unknown, source: string): void {
  const available: readonly unknown[] = AVAILABLE_KINDS;
  if (available.includes(kind)) return;
  const allowed = `allowed: ${AVAILABLE_KINDS.join(", ")}`;
  if (kind === undefined) throw new ConfigError("INVALID_CONFIG", source, [`kind: missing; ${allowed}`]);
  if (typeof kind === "string" && (KINDS as readonly string[]).includes(kind)) {
    throw new ConfigError("NOT_AVAILABLE", source, [`kind: ${kind} is not available in this version; ${allowed}`]);
  }
  const guess = typeof kind === "string" ? nearest(kind, AVAILABLE_KINDS) : undefined;
  const hint = guess === undefined ? "" : `did you mean ${guess}? `;
  throw new ConfigError("INVALID_CONFIG", source, [`kind: got ${JSON.stringify(kind)}; ${hint}${allowed}`]);
}
