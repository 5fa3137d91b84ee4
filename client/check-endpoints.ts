import { ConfigError } from "../config/config-error.js";
import type { RunConfig } from "../config/schema.js";
import { readApiKey } from "../models/openai/api-key.js";
import { EndpointError } from "../models/openai/endpoint-error.js";

/**
 * Finds out whether test takers behind endpoints can be asked from this process. Calls nothing: what a call costs, and whether
 * a server answers now, says little about the run.
 *
 * @throws ConfigError `INVALID_ENVIRONMENT` with a line for each key that is missing or cannot be sent
 */
export function checkApiKeys(
  { takers, unseenTakers }: RunConfig,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const problems = [...takers, ...unseenTakers].flatMap((taker) => {
    if (!("endpoint" in taker)) return [];
    try {
      readApiKey(taker.apiKeyVariable, environment);
      return [];
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      return [`test taker ${taker.name}: ${error.message}`];
    }
  });
  if (problems.length > 0) throw new ConfigError("INVALID_ENVIRONMENT", "environment", problems);
}

/** @throws ConfigError `INVALID_CONFIG` where a budget in US dollars would never be spent for want of a price */
export function checkPrices({ name, takers, unseenTakers, budget }: RunConfig): void {
  if (budget.usd === undefined) return;
  const problems = [...takers, ...unseenTakers].flatMap((taker) =>
    "endpoint" in taker && taker.price === undefined
      ? [`test taker ${taker.name}: price is missing, so budget.usd could not count its calls (0 where they are free)`]
      : [],
  );
  if (problems.length > 0) throw new ConfigError("INVALID_CONFIG", name, problems);
}
