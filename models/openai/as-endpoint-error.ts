import { APICallError, InvalidResponseDataError } from "@ai-sdk/provider";
import { excerpt } from "./api-key.js";
import { EndpointError, type EndpointErrorCode } from "./endpoint-error.js";
import { retryAfterMilliseconds } from "./retry-after.js";

/** A failed call as one of our errors; the original, whose texts may hold the key, is dropped on purpose. */
export function asEndpointError(error: unknown, apiKey: string | undefined): unknown {
  if (error instanceof EndpointError) return error;
  if (InvalidResponseDataError.isInstance(error)) {
    return new EndpointError({ code: "INVALID_REPLY", message: "the reply holds no choice" });
  }
  if (!APICallError.isInstance(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return new EndpointError({ code: "UNAVAILABLE", message: `the call failed: ${excerpt(message, apiKey)}` });
  }
  const { statusCode, responseBody, responseHeaders, data, message } = error;
  if (statusCode === undefined) {
    return new EndpointError({ code: "UNAVAILABLE", message: `no connection: ${excerpt(message, apiKey)}` });
  }
  // Where the body is an error of the protocol the library has read its message.
  const said = excerpt(data === undefined ? (responseBody ?? "") : message, apiKey);
  if (statusCode >= 200 && statusCode < 300) {
    return new EndpointError({
      code: "INVALID_REPLY",
      message: `the reply is no chat completion: ${said === "" ? "it is empty" : said}`,
    });
  }
  return new EndpointError({
    code: codeOf(statusCode, data),
    message: `HTTP ${statusCode}${said === "" ? "" : `: ${said}`}`,
    retryAfterMilliseconds: retryAfterMilliseconds(responseHeaders, Date.now()),
  });
}

function codeOf(status: number, data: unknown): EndpointErrorCode {
  // OpenAI answers 429 to an account without money too; no waiting helps there.
  if (status === 429) return errorCode(data) === "insufficient_quota" ? "REFUSED" : "RATE_LIMITED";
  return status === 408 || status === 409 || status >= 500 ? "UNAVAILABLE" : "REFUSED";
}

function errorCode(data: unknown): unknown {
  return (data as { readonly error?: { readonly code?: unknown } } | undefined)?.error?.code;
}
