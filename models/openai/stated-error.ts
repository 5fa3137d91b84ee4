/** Errors that servers put into a reply with status 200: in the body's `error`, or in that of its first choice. */
import { z } from "zod";
import { codeOfStatus, type EndpointErrorCode } from "./endpoint-error.js";

const errorSchema = z.looseObject({
  message: z.unknown().optional(),
  code: z.unknown().optional(),
  status: z.unknown().optional(),
  type: z.unknown().optional(),
});
const choicesSchema = z.looseObject({ choices: z.array(z.looseObject({ error: z.unknown().optional() })).min(1) });

export interface StatedError {
  /** What the error's code means; undefined where it says none that is known. */
  readonly code: EndpointErrorCode | undefined;
  /** As the server wrote it, with the code before it: may hold the key. */
  readonly message: string;
}

/** @param body a reply's JSON; undefined where it states no error */
export function statedError(body: unknown): StatedError | undefined {
  const whole = z.looseObject({ error: z.unknown().optional(), object: z.unknown().optional() }).safeParse(body);
  if (!whole.success) return undefined;
  const choices = choicesSchema.safeParse(body);
  return (
    asStated(whole.data.error) ??
    (choices.success ? asStated(choices.data.choices[0]?.error) : undefined) ??
    (whole.data.object === "error" ? asStated(body) : undefined)
  );
}

function asStated(error: unknown): StatedError | undefined {
  if (typeof error === "string" && error !== "") return { code: codeOfName(error), message: error };
  const parsed = errorSchema.safeParse(error);
  if (!parsed.success || Object.keys(parsed.data).length === 0) return undefined;
  const { message, ...codes } = parsed.data;
  const stated = [codes.code, codes.status, codes.type].filter((one) => ["number", "string"].includes(typeof one));
  // A message alone says nothing of what it means.
  const known = stated.map((one) => codeOf(String(one))).find((code) => code !== undefined);
  const said = typeof message === "string" ? message : JSON.stringify(error);
  return { code: known, message: stated.length === 0 ? said : `${String(stated[0])}: ${said}` };
}

function codeOf(stated: string): EndpointErrorCode | undefined {
  return /^[45]\d\d$/.test(stated) ? codeOfStatus(Number(stated)) : codeOfName(stated);
}

/** Names that OpenAI, Anthropic, Google and vLLM give their errors. */
const NAMES: Readonly<Record<string, EndpointErrorCode>> = {
  insufficient_quota: "REFUSED",
  invalid_api_key: "REFUSED",
  authentication_error: "REFUSED",
  permission_error: "REFUSED",
  permission_denied: "REFUSED",
  unauthenticated: "REFUSED",
  model_not_found: "REFUSED",
  invalid_request_error: "REFUSED",
  rate_limit_exceeded: "RATE_LIMITED",
  rate_limit_error: "RATE_LIMITED",
  too_many_requests: "RATE_LIMITED",
  resource_exhausted: "RATE_LIMITED",
  overloaded_error: "UNAVAILABLE",
  server_error: "UNAVAILABLE",
  internal_server_error: "UNAVAILABLE",
  unavailable: "UNAVAILABLE",
};

function codeOfName(name: string): EndpointErrorCode | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
}
