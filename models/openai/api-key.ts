/** The key of an endpoint: read where it is used, and kept out of everything that is written. */
import { mayHoldEndpointKey } from "../../config/variable-name.js";
import { EndpointError } from "./endpoint-error.js";

/**
 * @param variable name of the environment variable that holds the key; undefined for a server that asks for none
 * @throws EndpointError `MISSING_KEY`, `INVALID_KEY`, naming the variable
 */
export function readApiKey(
  variable: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  if (variable === undefined) return undefined;
  if (!mayHoldEndpointKey(variable)) {
    throw new EndpointError({
      code: "INVALID_KEY",
      message: `the environment variable ${variable} is not sent to endpoints: its name must end in _KEY or _TOKEN, and be none of AWS, Temporal, GitHub or another service's; put the endpoint's key in one such as OPENAI_API_KEY`,
    });
  }
  const key = environment[variable];
  if (key === undefined || key === "") {
    throw new EndpointError({
      code: "MISSING_KEY",
      message: `the environment variable ${variable} is not set; it must hold the endpoint's key where the run's worker runs`,
    });
  }
  // Checked here because fetch's own error would print the key.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new EndpointError({
      code: "INVALID_KEY",
      message: `the environment variable ${variable} holds a space, a line break or a character outside ASCII; it must hold the key alone`,
    });
  }
  return key;
}

/** Shorter ones are placeholders such as `x`, and would be found in every text. */
const SHORTEST_SECRET = 4;
const LONGEST_EXCERPT = 300;

/** A server's text on one line, shortened, with the key blotted out: servers like to quote what they were sent. */
export function excerpt(text: string, apiKey: string | undefined): string {
  const safe =
    apiKey === undefined || apiKey.length < SHORTEST_SECRET ? text : text.replaceAll(apiKey, "[the key, left out]");
  const line = safe.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_EXCERPT ? `${line.slice(0, LONGEST_EXCERPT)}…` : line;
}
